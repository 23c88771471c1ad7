package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager's people, and the budgets of the leads among them. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class MembersPagesTest extends ConsolePages {
    private static final String LEA = "/api/members/" + LEAD;
    private static final String ONE = "/api/members/{user_id}";

    private static JsonObject member(String id, String name, String role, int revision) {
        return new JsonObject()
                .put("user_id", id)
                .put("role", role)
                .put("active", true)
                .put("display_name", name)
                .put("email", "someone@example.com")
                .put("revision", revision)
                .put("updated_at", NOW);
    }

    private void givenLea(int revision, long budget) {
        given("distribution", "GET " + ONE, LEA, 200, member(LEAD, "Lea", "lead", revision));
        givenABudget("GET /api/wallets/{user_id}", "/api/wallets/" + LEAD, budget);
    }

    private void givenABudget(String route, String path, long budget) {
        given(
                "distribution",
                route,
                path,
                200,
                new JsonObject()
                        .put("user_id", LEAD)
                        .put("budget", new JsonObject().put("balance", budget).put("entry_number", 4))
                        .put("earned", new JsonObject().put("balance", 10).put("entry_number", 1))
                        .put("earned_this_month", 0)
                        .put("entries", new JsonArray())
                        .putNull("next_cursor"));
    }

    private static JsonObject precondition(int revision) {
        return new JsonObject()
                .put("type", "urn:points:problem:precondition-failed")
                .put("title", "It has changed")
                .put("status", 412)
                .put("detail", "The member has another revision.")
                .put("revision", revision);
    }

    private List<ServicesStandIn.Asked> sent(String method) {
        return services.taken().stream()
                .filter(asked -> asked.method().equals(method))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aManagerFindsPeopleAndSeesWhatTheyHold(int width, ColorScheme colours) {
        JsonObject lea = member(LEAD, "Lea", "lead", 3)
                .put("balances", new JsonObject().put("budget", 1234567).put("earned", 10));
        JsonObject hostile = member(ASHA, HOSTILE, "employee", 1)
                .put("active", false)
                .put("balances", new JsonObject().put("budget", 0).put("earned", 500));
        given("distribution", "GET /api/members", page(lea, hostile));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/members");
            assertThat(page.locator("table")).containsText("12,34,567");
            assertThat(page.locator("table")).containsText(HOSTILE);
            assertThat(page.locator("table")).containsText("inactive");
            assertEquals(
                    1,
                    page.getByText("Give", new Page.GetByTextOptions().setExact(true))
                            .count());
            assertEquals(
                    1,
                    page.getByText("Take back", new Page.GetByTextOptions().setExact(true))
                            .count());
            pages.assertSound();
            pages.assertFits();
            services.taken();
            given("distribution", "GET /api/members", page());
            tabTo(page, "#q");
            page.keyboard().type("100% _le'");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("Nobody matches.");
            page.waitForResponse(response -> response.url().contains("role=lead"), () -> page.locator("#role")
                    .selectOption("lead"));
            assertThat(page).hasURL(Pages.CONSOLE + "/team/members?q=100%25+_le%27&role=lead");
            assertEquals(
                    "/api/members?sort=name&expand=balances&q=100%25+_le%27&role=lead&limit=50",
                    last(services.taken()).uri());
            pages.assertSound();
            pages.assertFits();
            services.reply("GET /api/members", asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
            page.reload();
            assertThat(page.locator("main")).containsText("This could not be read");
            assertThat(page.locator("#q")).hasValue("100% _le'");
            assertThat(page.locator("#role")).hasValue("lead");
            pages.assertSound();
        }
    }

    private static ServicesStandIn.Asked last(List<ServicesStandIn.Asked> asked) {
        return asked.get(asked.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void whatGoesBackToThePoolIsShownBeforeALeadIsDeactivated(int width, ColorScheme colours) {
        givenLea(3, 250);
        given(
                "distribution",
                "PATCH " + ONE,
                LEA,
                200,
                member(LEAD, "Lea", "lead", 4).put("active", false));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + LEAD);
            assertThat(page.locator("main h1")).hasText("Lea");
            assertThat(page.locator(".facts")).containsText("250 pts");
            pages.assertSound();
            pages.assertFits();
            tabTo(page, "#check");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("Nothing is different from what it was.");
            pages.assertSound();
            page.locator("#active").press("Space");
            page.getByText("Review").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("main")).containsText("active → inactive");
            assertThat(page.locator("main")).containsText("What is left of the budget goes back to the pool: 250 pts.");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            givenABudget("GET /api/wallets/{user_id}", "/api/wallets/" + LEAD, 0);
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("Saved.");
            assertThat(page.locator("#active")).not().isChecked();
            assertThat(page.locator(".facts")).not().containsText("250 pts");
            pages.assertSound();
            List<ServicesStandIn.Asked> patches = sent("PATCH");
            assertEquals(1, patches.size());
            assertEquals(
                    new JsonObject().put("active", false),
                    new JsonObject(patches.get(0).body()));
            assertEquals(List.of("\"3\""), patches.get(0).headers().get("if-match"));
        }
    }

    @Test
    void whoeverWasSlowerIsToldAndLosesNothing() {
        givenLea(3, 0);
        given("distribution", "PATCH " + ONE, LEA, 412, precondition(4));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + LEAD);
            page.locator("#email").fill("lea@example.com");
            page.locator("#role").selectOption("employee");
            page.locator("#check").click();
            assertThat(page.locator("main")).containsText("Lead → Employee");
            given("distribution", "GET " + ONE, LEA, 200, member(LEAD, "Lea Meier", "lead", 4));
            page.locator("#send").click();
            assertThat(page.locator("#refusal")).containsText("Somebody changed this member meanwhile.");
            assertThat(page.locator("main h1")).hasText("Lea Meier");
            pages.assertSound();
            services.taken();
            given(
                    "distribution",
                    "PATCH " + ONE,
                    LEA,
                    200,
                    member(LEAD, "Lea Meier", "employee", 5).put("email", "lea@example.com"));
            page.locator("#send").click();
            assertThat(page.locator("#done")).hasText("Saved.");
            ServicesStandIn.Asked patch = sent("PATCH").get(0);
            assertEquals(List.of("\"4\""), patch.headers().get("if-match"));
            assertEquals(
                    new JsonObject().put("email", "lea@example.com").put("role", "employee"),
                    new JsonObject(patch.body()));
        }
    }

    @Test
    void aChangeWhoseAnswerWasLostIsNotTakenForSomebodyElses() {
        givenLea(3, 0);
        services.reply("PATCH " + LEA, asked -> new ServicesStandIn.Reply(503, "{}", Map.of("Retry-After", "1")));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + LEAD);
            page.locator("#name").fill("Lea Meier");
            page.locator("#check").click();
            page.locator("#send").click();
            assertThat(page.locator("main")).containsText("We still do not know");
            // It had been done.
            given("distribution", "GET " + ONE, LEA, 200, member(LEAD, "Lea Meier", "lead", 4));
            given("distribution", "PATCH " + ONE, LEA, 412, precondition(4));
            page.getByText("Check again").click();
            assertThat(page.locator("#done")).hasText("Saved.");
            assertThat(page.locator("main")).not().containsText("Somebody changed");
            pages.assertSound();
        }
    }

    @Test
    void somebodyNewIsAddedAndWhoIsThereAlreadyIsNotOverwritten() {
        AtomicInteger known = new AtomicInteger(1);
        services.reply(
                "POST /api/directory/resolve",
                asked -> new ServicesStandIn.Reply(
                        200,
                        Documented.answer(
                                "distribution",
                                "POST /api/directory/resolve",
                                200,
                                new JsonObject()
                                        .put(
                                                "items",
                                                known.getAndDecrement() > 0
                                                        ? new JsonArray()
                                                                .add(new JsonObject()
                                                                        .put("user_id", ASHA)
                                                                        .put("display_name", "Asha Rao")
                                                                        .put("role", "employee")
                                                                        .put("active", true))
                                                        : new JsonArray())
                                        .put("unknown_user_ids", new JsonArray())
                                        .put("unknown_emails", new JsonArray())
                                        .encode()),
                        Map.of()));
        given("distribution", "PUT " + ONE, "/api/members/" + ASHA, 200, member(ASHA, "Asha Rao", "lead", 1));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/members/new");
            page.locator("#id").fill("nonsense");
            page.locator("#id").press("Enter");
            assertThat(page.locator("#id-error")).hasText("A user id has 36 characters.");
            assertThat(page.locator("#id")).isFocused();
            page.locator("#id").fill(ASHA);
            page.locator("#name").fill("Asha Rao");
            page.locator("#role").selectOption("lead");
            services.taken();
            page.locator("#id").press("Enter");
            assertThat(page.locator("main")).containsText("This is a member already.");
            assertEquals(List.of(), sent("PUT"));
            pages.assertSound();
            pages.assertFits();
            page.locator("#id").press("Enter");
            assertThat(page.locator("#done")).hasText("Asha Rao is a member now: Lead.");
            pages.assertSound();
            assertEquals(
                    new JsonObject().put("role", "lead").put("display_name", "Asha Rao"),
                    new JsonObject(sent("PUT").get(0).body()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aBudgetIsGivenToALeadAndShownBeforeAndAfter(int width, ColorScheme colours) {
        givenLea(3, 250);
        givenToGive("pool", "good", 34_150L);
        given(
                "distribution",
                "POST /api/allocations/distribute-to-lead",
                "/api/allocations/distribute-to-lead",
                201,
                distribution("COMPLETED").put("kind", "delegation"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/budget?to=" + LEAD);
            assertThat(page.locator("vaadin-combo-box input")).hasValue("Lea");
            tabTo(page, "#amount");
            page.keyboard().type("99999");
            assertThat(page.locator("#amount-hint")).containsText("The pool holds 34,150 pts; this needs 99,999 pts.");
            page.locator("#amount").fill("1000");
            assertThat(page.locator("#amount-hint")).containsText("34,150 → 33,150 pts");
            page.keyboard().press("Enter");
            assertThat(page.locator("#what-error")).hasText("Say what it is for.");
            assertThat(page.locator("#what")).isFocused();
            pages.assertSound();
            pages.assertFits();
            page.keyboard().type("For the quarter");
            page.keyboard().press("Enter");
            assertThat(page.locator("#send")).hasText("Give Lea 1,000 pts");
            assertThat(page.locator("main")).containsText("34,150 → 33,150 pts");
            assertThat(page.locator("main")).containsText("250 → 1,250 pts");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).containsText("1,000 pts are in the budget of Lea.");
            pages.assertSound();
            assertEquals(
                    new JsonObject().put("to_user_id", LEAD).put("amount", 1000).put("description", "For the quarter"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void whoIsNoLeadGetsNoBudget() {
        givenToGive("pool", "good", 34_150L);
        given("distribution", "GET " + ONE, "/api/members/" + ASHA, 200, member(ASHA, "Asha Rao", "employee", 1));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/budget?to=" + ASHA);
            assertThat(page.locator("points-picker")).containsText("Only an active lead has a budget.");
            pages.assertSound();
        }
    }

    @Test
    void whatIsLeftOfABudgetIsTakenBack() {
        givenLea(3, 250);
        String route = "POST /api/allocations/return-to-pool";
        given(
                "distribution",
                route,
                "/api/allocations/return-to-pool",
                201,
                distribution("COMPLETED").put("kind", "return").put("amount", 250));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/return?from=" + LEAD);
            page.locator("#amount").fill("251");
            page.locator("#amount").press("Enter");
            assertThat(page.locator("#amount-error")).hasText("The budget holds 250 pts.");
            page.getByText("All of it: 250 pts").click();
            page.locator("#amount").press("Enter");
            assertThat(page.locator("main")).containsText("Budget of Lea");
            assertThat(page.locator("main")).containsText("250 → 0 pts");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).containsText("250 pts are back in the pool.");
            pages.assertSound();
            assertEquals(
                    new JsonObject().put("from_user_id", LEAD).put("amount", 250),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void aLeadGivesBackTheirOwn() {
        givenABudget("GET /api/wallets/me", "/api/wallets/me", 250);
        givenToGive("budget", "good", 250L);
        String route = "POST /api/allocations/return-to-pool";
        given(
                "distribution",
                route,
                "/api/allocations/return-to-pool",
                202,
                distribution("RETURNING").put("kind", "return"));
        given(
                "distribution",
                "GET /api/allocations/distributions/{id}",
                "/api/allocations/distributions/" + AWARD,
                200,
                distribution("COMPLETED").put("kind", "return"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/me");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Give back to the pool"))
                    .click();
            page.locator("#amount").fill("50");
            page.locator("#why").fill("Not needed");
            page.locator("#why").press("Enter");
            assertThat(page.locator("main")).containsText("250 → 200 pts");
            services.taken();
            page.locator("#send").press("Enter");
            assertThat(page.locator("points-pending")).containsText("Arrived");
            pages.assertSound();
            List<ServicesStandIn.Asked> all = services.taken();
            ServicesStandIn.Asked post = all.stream()
                    .filter(asked -> asked.method().equals("POST"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    new JsonObject().put("amount", 50).put("description", "Not needed"), new JsonObject(post.body()));
            assertTrue(all.stream().noneMatch(asked -> asked.uri().startsWith("/api/members")));
        }
    }
}
