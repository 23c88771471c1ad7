package io.points.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.FilePayload;
import io.points.local.LocalConsole;
import io.points.local.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole system, by mouse and keyboard: what people do in the console is what happens in the services. */
@ExtendWith(SharedStack.class)
class ConsoleIT {
    /** Some pages are of a kind: of those with other ids, one is enough. */
    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}|[?#].*");

    private static final int MANY = 10_000;

    /** What README tells with curl, by five people without a terminal. */
    @Test
    void fivePeopleDoWhatReadmeTells(Stack stack, LocalConsole console) throws Exception {
        var company = Company.in(stack.keycloak(), "Aurora");
        try (var admin = new Window(console, "admin", "/platform/tenants")) {
            admin.follow("Register a tenant");
            // The list has a field for a name too, and is there until the form is.
            admin.page().locator("#id").fill(company.id());
            admin.fill("Name", company.name());
            admin.fill("Currency (ISO 4217)", "INR");
            admin.fill("Price per point", "1.00");
            admin.press("Review");
            admin.send();
            admin.reads(company.name() + " is registered");
            admin.assertSound();
        }
        try (var admin = new Window(console, "admin", "/platform/allocate");
                var manager = new Window(console, company.manager().user(), "/team")) {
            admin.pick("Auro", company.name());
            admin.fill("Points", "50,000");
            admin.fill("Reference", "Invoice #123");
            admin.reads("0 → 50,000 pts");
            admin.press("Review");
            admin.send();
            admin.reads("50,000 pts are in the pool of " + company.name());

            manager.reads("50,000");
            // Whoever manages the company first is a member by that, without a name.
            manager.go("Members");
            manager.page()
                    .locator("a[href='/team/members/" + company.manager().id() + "']")
                    .click();
            manager.page().locator("#name").fill(company.manager().name());
            manager.press("Review");
            manager.send();
            manager.reads("Saved.");
            enrol(manager, company.lead(), "lead");
            enrol(manager, company.employee(), "employee");
            manager.open("/team/budget");
            manager.pick("Ravi", "Ravi Nair");
            manager.fill("Points", "5000");
            manager.fill("What for", "For the second half of the year");
            manager.press("Review");
            manager.send();
            manager.reads("5,000 pts");

            try (var employee = new Window(console, company.employee().user(), "/me");
                    var lead = new Window(console, company.lead().user(), "/me")) {
                employee.reads("When somebody thanks you, it will be here.");
                manager.go("Award");
                award(manager, "Asha", "Asha Rao", "1000", "Outstanding Q1 performance");
                manager.send();
                manager.reads("1,000 pts have arrived with Asha Rao.");
                // She has not touched the page.
                employee.reads("Outstanding Q1 performance");
                employee.reads("Meera Shah");

                lead.reads("5,000");
                lead.go("Award");
                award(lead, "Asha", "Asha Rao", "200", "Helped on a Sunday");
                lead.send();
                lead.reads("200 pts have arrived with Asha Rao.");
                lead.go("My points");
                lead.reads("4,800");
                lead.keepPicture("lead");
                employee.reads("1,200");
                employee.keepPicture("employee");
                employee.go("Feed");
                employee.reads("Ravi Nair recognised Asha Rao: 200 pts");
                List.of(employee, lead).forEach(Window::assertSound);
            }
            admin.open("/platform/clawback?tenant=" + company.id());
            admin.fill("Points", "4000");
            admin.fill("Reason", "Invoice #123 was paid in part");
            admin.page().locator("form button[type=submit]").click();
            admin.reads("44,000 → 40,000 pts");
            admin.send();
            admin.reads("4,000 pts");
            manager.go("Pool");
            manager.reads("40,000");
            manager.keepPicture("manager");
            admin.open("/");
            admin.reads("Aurora Textiles");
            admin.keepPicture("admin");
            List.of(admin, manager).forEach(Window::assertSound);
        }
        var promises = new Promises(stack);
        promises.awaitRest();
        try (var finance = new Window(console, "finance", "/finance/" + company.id() + "/" + YearMonth.now(ZoneOffset.UTC));
                var auditor = new Window(console, "auditor", "/audit/conservation/" + company.id())) {
            finance.reads("46,000");
            finance.open("/finance?period=" + YearMonth.now(ZoneOffset.UTC));
            finance.reads(company.name());
            finance.keepPicture("finance");
            finance.open("/finance/reconciliation/" + company.id());
            finance.reads("46,000");
            auditor.reads("The books balance");
            assertThat(auditor.page().locator(".equation"))
                    .hasText(Pattern.compile("50,000.*4,000.*40,000.*0.*4,800.*1,200", Pattern.DOTALL));
            auditor.open("/");
            auditor.keepPicture("auditor");
            List.of(finance, auditor).forEach(Window::assertSound);
        }
        promises.check();
    }

    @Test
    void aCardTellsTheTruthWhileAServiceIsGone(Stack stack, LocalConsole console) throws Exception {
        var company = ready(stack, "Cobalt");
        try (var manager = new Window(console, company.manager().user(), "/team/award")) {
            award(manager, "Asha", "Asha Rao", "300", "While the pool's service is away");
            stack.service(ALLOCATION).kill();
            try {
                manager.send();
                manager.reads("It goes on by itself. You can leave this page.");
            } finally {
                stack.service(ALLOCATION).restart();
            }
            manager.reads("Arrived");

            manager.open("/team/award");
            award(manager, "Asha", "Asha Rao", "70", "While the other one is away");
            stack.service(DISTRIBUTION).kill();
            try {
                manager.send();
                manager.reads("We still do not know whether it happened.");
            } finally {
                stack.service(DISTRIBUTION).restart();
            }
            manager.press("Check again");
            manager.reads("70 pts have arrived with Asha Rao.");
            manager.open("/team");
            // Once each.
            manager.reads("9,630");
            manager.assertSound();
        }
    }

    @Test
    void whoIsSignedOutInAHalfFilledFormGoesOnWhereTheyWere(Stack stack, LocalConsole console) throws Exception {
        var company = ready(stack, "Dorado");
        try (var manager = new Window(console, company.manager().user(), "/team/award")) {
            award(manager, "Asha", "Asha Rao", "40", "Typed before the weekend");
            manager.forgetSession();
            manager.send();
            assertThat(manager.page().locator(".banner")).containsText("You were signed out. Your entries are kept.");
            manager.press("Sign in again");
            manager.identify();
            manager.reads("Typed before the weekend");
            manager.send();
            manager.reads("40 pts have arrived with Asha Rao.");
            manager.open("/team");
            manager.reads("9,960");
            manager.assertSound();
        }
    }

    @Test
    void whatOneAdministratorProposesAnotherApproves(Stack stack, LocalConsole console) throws Exception {
        var company = ready(stack, "Ember");
        try (var first = new Window(console, "admin", "/platform/adjustments/new");
                var second = new Window(console, "admin-b", "/platform/adjustments")) {
            first.pick("Embe", company.name());
            first.fill("Points", "0");
            first.fill("Reason", "Found by nobody: Ember's own trial");
            first.press("Review");
            first.send();
            first.reads("Another administrator has to approve it.");
            first.open("/platform/adjustments");
            var own = first.page().locator("tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Ember's own trial"));
            assertThat(own).containsText("waits for somebody else");

            second.open("/platform/adjustments");
            second.press("Decide: Found by nobody: Ember's own trial");
            second.press("Approve the adjustment");
            second.reads("Approved: the balance is 10,000.");
            first.open("/platform/adjustments");
            assertThat(own).containsText("approved");
            List.of(first, second).forEach(Window::assertSound);
        }
    }

    @Test
    void aCampaignOfTenThousandLeavesOutItsThreeBadLines(Stack stack, LocalConsole console) throws Exception {
        var company = Company.in(stack.keycloak(), "Fjord");
        register(stack, company);
        allocate(stack, company, 1_000_000);
        var people = new StringBuilder("user_id,role,active,display_name,email\n");
        var rows = new StringBuilder("\ufeffto_user_id;amount;description\r\n");
        for (int line = 2; line < MANY + 2; line++) {
            var somebody = UUID.randomUUID();
            people.append(somebody).append(",employee,,,\n");
            rows.append(line == 5000 ? "nobody" : somebody)
                    .append(';')
                    .append(line == 7 ? "12,5" : line == MANY + 1 ? "" : "90")
                    .append(";Diwali\r\n");
        }
        try (var manager = new Window(console, company.manager().user(), "/team")) {
            enrolMany(stack, company, people.toString());
            manager.go("Campaigns");
            manager.follow("New campaign");
            manager.page()
                    .locator("#file")
                    .setInputFiles(new FilePayload(
                            "Diwali.csv", "text/csv", rows.toString().getBytes(StandardCharsets.UTF_8)));
            manager.reads("Rows: 10,000.");
            manager.press("Check");
            manager.reads("Rows with a problem: 3 of 10,000. Nothing has been sent.");
            assertEquals(
                    List.of("7", "5,000", "10,001"),
                    manager.page().locator("tbody tr td:first-child").allInnerTexts());
            manager.press("Leave them out");
            manager.reads("Rows without a problem: 9,997.");
            manager.reads("10,00,000 → 1,00,270 pts");
            manager.send();
            manager.reads("9,997 of 9,997 awarded, 0 not");
            manager.go("Pool");
            manager.reads("1,00,270");
            manager.assertSound();
        }
    }

    /** All pages that links lead to, for each role, with what a real company has in them: none asks for what is refused. */
    @Test
    void everyPageOfEveryRoleOpens(Stack stack, LocalConsole console) throws Exception {
        var company = ready(stack, "Garnet");
        var client = new Client(stack);
        var thanked = client.post(
                DISTRIBUTION,
                company.manager().user(),
                "/api/recognitions",
                UUID.randomUUID().toString(),
                Map.of("to_user_id", company.employee().id(), "amount", 10, "message", "So that there is something"));
        assertEquals(201, thanked.status(), thanked::toString);
        for (var user : List.of(
                "admin",
                "finance",
                "auditor",
                company.manager().user(),
                company.lead().user(),
                company.employee().user())) {
            try (var window = new Window(console, user, "/")) {
                Set<String> kinds = new LinkedHashSet<>();
                var left = window.links("header nav");
                assertTrue(!left.isEmpty(), user);
                while (!left.isEmpty()) {
                    var path = left.remove(0);
                    if (kinds.add(IDS.matcher(path).replaceAll("…"))) {
                        window.visit(path);
                        assertThat(window.page().locator("main")).not().containsText("There is no such page");
                        assertThat(window.page().locator("main")).not().containsText("This could not be read");
                        left.addAll(window.links("main"));
                        window.assertSound();
                    }
                }
            }
        }
    }

    private static void award(Window window, String beginning, String name, String amount, String message) {
        window.pick(beginning, name);
        window.fill("What for", message);
        window.fill("Points", amount);
        window.press("Review");
    }

    private static void enrol(Window manager, Company.Person person, String role) {
        manager.go("Members");
        manager.follow("Add a member");
        manager.page().locator("#id").fill(person.id());
        manager.page().locator("#name").fill(person.name());
        manager.page().locator("#role").selectOption(role);
        manager.page().locator("form button[type=submit]").click();
        manager.reads(person.name() + " is a member now");
    }

    /** With people, and 10,000 points in its pool. */
    static Company ready(Stack stack, String word) throws IOException, InterruptedException {
        var company = Company.in(stack.keycloak(), word);
        register(stack, company);
        allocate(stack, company, 10_000);
        enrolMany(
                stack,
                company,
                "user_id,role,active,display_name,email\n%s,manager,,Meera Shah,\n%s,lead,,Ravi Nair,\n%s,employee,,Asha Rao,\n"
                        .formatted(
                                company.manager().id(),
                                company.lead().id(),
                                company.employee().id()));
        return company;
    }

    private static void register(Stack stack, Company company) throws IOException, InterruptedException {
        var registered = new Client(stack)
                .post(
                        ALLOCATION,
                        "admin",
                        "/api/platform/tenants",
                        UUID.randomUUID().toString(),
                        Map.of("tenant_id", company.id(), "name", company.name(), "currency", "INR", "price_per_point", "1.00"));
        assertEquals(201, registered.status(), registered::toString);
    }

    private static void allocate(Stack stack, Company company, long points) throws IOException, InterruptedException {
        var allocated = new Client(stack)
                .post(
                        ALLOCATION,
                        "admin",
                        "/api/platform/allocations/allocate",
                        UUID.randomUUID().toString(),
                        Map.of("tenant_id", company.id(), "amount", points, "currency", "INR", "reference_note", "Trial"));
        assertEquals(201, allocated.status(), allocated::toString);
    }

    private static void enrolMany(Stack stack, Company company, String csv) throws IOException, InterruptedException {
        var enrolled = new Client(stack).postCsv(DISTRIBUTION, company.manager().user(), "/api/members/batch/csv", csv);
        assertEquals(200, enrolled.status(), enrolled::toString);
    }
}
