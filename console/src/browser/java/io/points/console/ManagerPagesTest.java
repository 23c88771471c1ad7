package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a manager seldom does: erasing what is personal, adding many people at once, and reading the month's statement. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ManagerPagesTest extends ConsolePages {
    private static final String ONE = "/api/members/{user_id}";
    private static final String BATCH = "/api/members/batch/csv";
    private static final String STATEMENT = "/api/billing/statements/{tenant_id}/{period}";

    private static JsonObject member(String name) {
        return new JsonObject()
                .put("user_id", ASHA)
                .put("role", "employee")
                .put("active", true)
                .put("display_name", name)
                .put("email", name == null ? null : "asha@example.com")
                .put("revision", 3)
                .put("updated_at", NOW);
    }

    private List<ServicesStandIn.Asked> sent(String method) {
        return services.taken().stream()
                .filter(asked -> asked.method().equals(method))
                .toList();
    }

    @Test
    void whatIsPersonalIsErasedByWhoeverTypesTheName() {
        String path = "/api/members/" + ASHA;
        given("distribution", "GET " + ONE, path, 200, member(HOSTILE));
        given(
                "distribution",
                "GET /api/wallets/{user_id}",
                "/api/wallets/" + ASHA,
                200,
                new JsonObject()
                        .put("user_id", ASHA)
                        .put("budget", new JsonObject().put("balance", 0).put("entry_number", 0))
                        .put("earned", new JsonObject().put("balance", 1000).put("entry_number", 1))
                        .put("earned_this_month", 0)
                        .put("entries", new JsonArray())
                        .putNull("next_cursor"));
        given("distribution", "GET /api/allocations/history/tenant", page(distribution("COMPLETED")));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + ASHA);
            assertThat(page.locator("points-list table")).containsText("1,000");
            assertThat(page.locator("points-list a")).hasAttribute("href", "/d/" + AWARD);
            pages.assertSound();
            pages.assertFits();
            page.getByText("Erase personal data").press("Enter");
            assertThat(page.locator("main h1")).isFocused();
            assertThat(page.locator("main")).containsText("Nobody can undo this.");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            tabTo(page, "#name");
            page.keyboard().type("Asha");
            page.locator("#send").press("Enter");
            assertThat(page.locator("#name-error")).hasText("This is not the member's name.");
            assertThat(page.locator("#name")).isFocused();
            assertEquals(List.of(), sent("DELETE"));
            page.locator("#name").fill(HOSTILE);
            // A long history takes more than one attempt.
            String erase = ONE + "/personal-data";
            services.reply("DELETE " + path + "/personal-data", asked -> {
                given("distribution", "DELETE " + erase, path + "/personal-data", 200, member(null));
                return new ServicesStandIn.Reply(503, "{}", Map.of("Retry-After", "1"));
            });
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).hasText("The name, the address and the texts are erased.");
            assertThat(page.locator("#done")).isFocused();
            assertEquals(2, sent("DELETE").size());
            pages.assertSound();
        }
    }

    @Test
    void manyMembersAreAddedFromAFileAfterTheServiceHasLookedAtIt() {
        String faulty = Documented.answer(
                "distribution",
                "POST " + BATCH,
                400,
                new JsonObject()
                        .put("type", "urn:points:problem:invalid-request")
                        .put("title", "The request is not valid")
                        .put("status", 400)
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject().put("field", "line 4, role").put("message", "must be manager, lead or employee")))
                        .encode());
        services.reply("POST " + BATCH, asked -> new ServicesStandIn.Reply(400, faulty, Map.of()));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/members");
            page.getByText("Add members from a file").click();
            // The list has a form too, and is there until this one is.
            page.locator("#paste").waitFor();
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#file-error")).hasText("Choose a file, or paste rows of a spreadsheet.");
            page.locator("#paste").fill("who;what\n1;2");
            page.locator("#paste").blur();
            assertThat(page.locator("#file-error")).containsText("user_id,role,active,display_name,email");
            pages.assertSound();
            // A byte order mark, semicolons, another order, a cell of two lines, capital letters.
            page.locator("#paste")
                    .fill("\uFEFFName;Role;User_Id\n\"Asha\nRao\";Employee;" + ASHA + "\n" + HOSTILE.replace("\"", "'") + ";boss;" + LEAD);
            page.locator("#paste").blur();
            assertThat(page.locator("form [role=status]")).containsText("Rows: 2.");
            services.taken();
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#problems")).isFocused();
            // Line 4 of what was sent is line 4 of what was pasted.
            assertThat(page.locator("main table tbody tr")).containsText("4");
            assertThat(page.locator("main table")).containsText("must be manager, lead or employee");
            assertThat(page.locator("main table")).containsText("<script>alert(1)</script>");
            pages.assertSound();
            pages.assertFits();
            assertEquals(BATCH + "?dry_run=true", posts().get(0).uri());

            given(
                    "distribution",
                    "POST " + BATCH,
                    BATCH,
                    200,
                    new JsonObject().put("members", 2).put("enrolled", 1).put("changed", 1).put("unchanged", 0));
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#send")).hasText("Take over 2 members");
            assertThat(page.locator("#send")).isFocused();
            pages.assertSound();
            services.taken();
            page.locator("#send").dblclick();
            assertThat(page.locator("#done")).hasText("New: 1. Changed: 1. As they were: 0.");
            pages.assertSound();
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(List.of(BATCH), sent.stream().map(ServicesStandIn.Asked::uri).toList());
            assertEquals(
                    "user_id,role,active,display_name,email\n" + ASHA + ",employee,,\"Asha\nRao\",\n" + LEAD + ",boss,,"
                            + HOSTILE.replace("\"", "'") + ",\n",
                    sent.get(0).body());
        }
    }

    private void givenAStatement(String period, String state) {
        JsonObject line = new JsonObject()
                .put("movement", "closing")
                .put("pool_text", "9007199254740993")
                .put("in_flight_text", "0")
                .put("budgets_text", "0")
                .put("earned_text", "-5")
                .put("total_text", "9007199254740988");
        given(
                "billing",
                "GET " + STATEMENT,
                STATEMENT.replace("{tenant_id}", TENANT).replace("{period}", period),
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("period", period)
                        .put("state", state)
                        .put("tenant_name", HOSTILE)
                        .put("documents", new JsonArray())
                        .put("roll_forward", new JsonArray().add(line))
                        .put("billed", new JsonArray())
                        .put("prepayments", new JsonArray())
                        .put("entries", new JsonArray()));
    }

    @Test
    void aManagerReadsTheOwnTenantsStatement() {
        givenAStatement("2026-10", "closed");
        givenAStatement("2026-09", "before_tenant");
        String html = "/api/billing/statements/" + TENANT + "/2026-10/html";
        services.reply("GET " + html, asked -> new ServicesStandIn.Reply(200, "<p>Statement</p>", Map.of()));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/statement/2026-10");
            assertThat(page.locator("main h1")).hasText("Statement, October 2026");
            assertThat(page.locator("main")).containsText("The month is closed, and this statement is final.");
            assertThat(page.locator("table")).containsText("9,00,71,99,25,47,40,993");
            assertThat(page.locator("table")).containsText("−5");
            pages.assertSound();
            pages.assertFits();
            Download saved = page.waitForDownload(() -> page.getByText("Page to print").click());
            assertEquals("statement-2026-10.html", saved.suggestedFilename());
            page.locator("a[aria-label='Month before']").press("Enter");
            assertThat(page.locator("main h1")).hasText("Statement, September 2026");
            assertThat(page).hasURL(Pages.CONSOLE + "/team/statement/2026-09");
            assertThat(page.locator("main")).containsText("In this month the company was not here yet.");
            assertThat(page.locator("table")).hasCount(0);
            pages.assertSound();
            page.evaluate("localStorage.setItem('points-language', 'hi')");
            page.navigate(Pages.CONSOLE + "/team/statement/2026-10");
            assertThat(page.locator("main h1")).containsText("विवरण");
            assertThat(page.locator("table")).containsText("रास्ते में");
            pages.assertFits();
            page.evaluate("localStorage.removeItem('points-language')");
            services.taken();
            page.navigate(Pages.CONSOLE + "/team/statement/2026-13");
            assertThat(page.locator("main h1")).hasText("There is no such page");
            assertEquals(List.of(), services.taken());
        }
    }
}
