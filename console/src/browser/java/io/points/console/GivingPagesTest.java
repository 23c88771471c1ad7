package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leads give from their budgets, and what an employee is told of the pool. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class GivingPagesTest extends ConsolePages {

    private void givenAWallet(String user, long budget, long earned) {
        given(
                "distribution",
                "GET /api/wallets/me",
                new JsonObject()
                        .put("user_id", user)
                        .put("budget", new JsonObject().put("balance", budget).put("entry_number", 3))
                        .put("earned", new JsonObject().put("balance", earned).put("entry_number", 1))
                        .put("earned_this_month", 0)
                        .put(
                                "entries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("wallet", "earned")
                                                .put("entry_number", 1)
                                                .put("amount", earned)
                                                .put("balance_after", earned)
                                                .put("distribution_id", AWARD)
                                                .put("occurred_at", NOW)
                                                .put(
                                                        "distribution",
                                                        new JsonObject()
                                                                .put("kind", "award")
                                                                .put("source", "pool")
                                                                .put("counterparty_id", ASHA)
                                                                .putNull("reference_type")
                                                                .putNull("description")
                                                                .put(
                                                                        "recognition",
                                                                        new JsonObject()
                                                                                .put("message", HOSTILE)
                                                                                .putNull("value")
                                                                                .put("visibility", "public")))))
                        .putNull("next_cursor")
                        .put(
                                "people",
                                new JsonObject()
                                        .put(
                                                ASHA,
                                                new JsonObject()
                                                        .put("display_name", "Asha Rao")
                                                        .put("active", true))));
    }

    private void fillIn(Page page, String amount) {
        tabTo(page, "vaadin-combo-box input");
        page.keyboard().type("as");
        assertThat(page.locator("vaadin-combo-box-item")).hasText("Asha Rao");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        tabTo(page, "#message");
        page.keyboard().type("Thanks");
        tabTo(page, "#amount");
        page.keyboard().type(amount);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aLeadRecognisesSomebodyFromTheirOwnBudget(int width, ColorScheme colours) {
        givenAWallet(LEAD, 9_650, 77);
        givenToGive("budget", "low", 9_650L);
        givenSomebodyToThank();
        given("distribution", "POST /api/recognitions", "/api/recognitions", 201, distribution("COMPLETED"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-lead", "/me");
            assertThat(page.locator("[aria-labelledby=earned] output")).hasText("77");
            assertThat(page.locator("[aria-labelledby=give] output")).hasText("9,650");
            assertThat(page.locator("[aria-labelledby=give]")).containsText("Your budget: getting low");
            assertThat(page.locator("table")).containsText("Asha Rao");
            assertThat(page.locator("table")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Award points"))
                    .press("Enter");
            assertThat(page.locator("main h1")).isFocused();
            fillIn(page, "1,000");
            assertThat(page.locator("#after")).hasText("Your budget: 9,650 → 8,650 pts");
            pages.assertSound();
            pages.assertFits();
            page.keyboard().press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("9,650 → 8,650 pts");
            pages.assertSound();
            List<ServicesStandIn.Asked> before = services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("1,000 pts have arrived with Asha Rao.");
            pages.assertSound();
            assertEquals(
                    new JsonObject()
                            .put("to_user_id", ASHA)
                            .put("amount", 1000)
                            .put("message", "Thanks")
                            .put("visibility", "public"),
                    new JsonObject(posts().get(0).body()));
            assertEquals(
                    List.of(),
                    before.stream()
                            .map(ServicesStandIn.Asked::uri)
                            .filter(uri -> uri.startsWith("/api/allocations/pool"))
                            .toList());
        }
    }

    @Test
    void whatABudgetDoesNotHoldIsSaidBeforeItIsSentAndWhenItIsRefused() {
        givenToGive("budget", "nearly_empty", 120L);
        givenSomebodyToThank();
        given(
                "distribution",
                "POST /api/recognitions",
                "/api/recognitions",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:insufficient-budget-balance")
                        .put("title", "The budget does not hold that many points")
                        .put("status", 409)
                        .put("detail", "The budget holds 20 points.")
                        .put("reason", "INSUFFICIENT_BUDGET_BALANCE")
                        .put("state", "REJECTED")
                        .put("distribution_id", AWARD)
                        .put("balance", 20));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            fillIn(page, "500");
            assertThat(page.locator("#after")).containsText("Your budget holds 120 pts; this needs 500 pts.");
            pages.assertSound();
            page.getByText("Use all 120 pts").click();
            assertThat(page.locator("#amount")).hasValue("120");
            page.getByText("Review").click();
            givenToGive("budget", "nearly_empty", 20L);
            page.locator("#send").click();
            assertThat(page.locator("#refusal"))
                    .containsText("The budget does not hold that many points. No points were moved.");
            assertThat(page.locator("#after")).containsText("Your budget holds 20 pts; this needs 120 pts.");
            assertThat(page.locator("#message")).hasValue("Thanks");
            pages.assertSound();
        }
    }

    /** By which rule, what it leaves, and from when on it allows more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | limit-exceeded  | counts=points, limit=500, used=380, left=120, window=2026-11, resets_on=2026-12-01 | Rule the-rule allows 500 points, of which 120 are left; it counts from 0 again on 1 Dec 2026.",
                "en | limit-exceeded  | counts=awards, limit=5, used=5, left=0, window=2026-11, resets_on=2026-12-01       | Rule the-rule allows 5 awards, of which 0 are left; it counts from 0 again on 1 Dec 2026.",
                "en | limit-exceeded  | counts=points, limit=300, window=2026-11, resets_on=2026-12-01                    | Rule the-rule allows 300 points to one receiver; it counts from 0 again on 1 Dec 2026.",
                "en | limit-exceeded  | counts=points, limit=250                                                         | Rule the-rule allows at most 250 points at once.",
                "en | limit-exceeded  | -                                                                                | It is rule the-rule.",
                "en | too-many-held   | limit=1000                                                                       | too much waits for approval already; no points were moved. It is rule the-rule.",
                "en | duplicate-award | duplicate_of=0198c5a0-0000-7000-8000-000000000001, resets_at=2026-11-30T10:00:00Z | Rule the-rule allows it again from 30 Nov 2026, ",
                "hi | limit-exceeded  | counts=points, limit=500, used=380, left=120, window=2026-11, resets_on=2026-12-01 | नियम the-rule 500 अंकों की अनुमति देता है, जिनमें से 120 बचे हैं",
                "hi | too-many-held   | limit=1000                                                                       | यह नियम the-rule है।"
            })
    void aRefusalSaysWhichRuleWhatIsLeftAndWhenItResets(
            String language, String type, String members, String text) {
        givenToGive("budget", "good", 10_000L);
        givenSomebodyToThank();
        var problem = new JsonObject()
                .put("type", "urn:points:problem:" + type)
                .put("title", "It is too much")
                .put("status", 409)
                .put("detail", "It is too much.")
                .put("rule", "the-rule");
        for (String member : members.equals("-") ? new String[0] : members.split(", ")) {
            String[] named = member.split("=");
            problem.put(named[0], named[1].matches("\\d{1,4}") ? (Object) Integer.valueOf(named[1]) : named[1]);
        }
        given("distribution", "POST /api/recognitions", "/api/recognitions", 409, problem);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            page.evaluate("language => localStorage.setItem('points-language', language)", language);
            page.reload();
            fillIn(page, "500");
            page.locator("form button[type=submit]").click();
            page.locator("#send").click();
            assertThat(page.locator("#refusal")).containsText(text);
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, You have no points to give. Managers give leads their budgets.",
        "500, The company is suspended: nothing can be given."
    })
    void whoHasNothingToGiveIsToldWhyBeforeTheyType(long available, String why) {
        givenToGive("budget", "none", available);
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            assertThat(page.locator("main")).containsText(why);
            assertEquals(0, page.locator("form").count());
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void whetherThereIsSomethingToGiveMayBeUnknown() {
        services.reply("GET /api/allocations/giving", asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
        givenSomebodyToThank();
        given("distribution", "POST /api/recognitions", "/api/recognitions", 201, distribution("COMPLETED"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            fillIn(page, "10");
            page.keyboard().press("Enter");
            page.locator("#send").press("Enter");
            assertThat(page.locator("main")).containsText("have arrived with Asha Rao.");
            pages.assertSound();
        }
    }

    @Test
    void anEmployeeIsToldHowFullThePoolIsAndNotHowMuchItHolds() {
        givenAWallet(ASHA, 0, 50);
        givenToGive("request", "nearly_empty", null);
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-employee-a", "/me");
            assertThat(page.locator("[aria-labelledby=company]")).containsText("Pool: nearly empty");
            assertEquals(0, page.locator("[aria-labelledby=give]").count());
            pages.assertSound();
            pages.assertFits();
            assertEquals(0, page.locator("[aria-labelledby=allowance]").count());
            page.navigate(Pages.CONSOLE + "/recognise");
            assertThat(page.locator("main")).containsText("your company gives you no allowance");
            assertEquals(0, page.locator("form").count());
        }
    }

    @Test
    void anEmployeeGivesOutOfTheirAllowance() {
        givenAWallet(ASHA, 0, 50);
        givenToGive("request", "good", null);
        givenAnAllowance(60);
        givenSomebodyToThank();
        given("distribution", "POST /api/recognitions", "/api/recognitions", 201, distribution("COMPLETED"));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-employee-a", "/me");
            assertThat(page.locator("[aria-labelledby=allowance]")).containsText("60");
            assertThat(page.locator("[aria-labelledby=allowance]")).containsText("Of 100 pts that you can give");
            pages.assertSound();
            pages.assertFits();
            page.locator("[aria-labelledby=allowance] a").click();
            assertThat(page.locator("#limit")).containsText("lets you give 60 pts more");
            fillIn(page, "10");
            page.keyboard().press("Enter");
            page.locator("#send").press("Enter");
            assertThat(page.locator("main")).containsText("have arrived with Asha Rao.");
        }
    }

    @Test
    void aLeadIsToldWhatComesOutOfTheAllowance() {
        givenToGive("budget", "good", 500L);
        givenAnAllowance(60);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            assertThat(page.locator("#allowance")).containsText("Of your allowance 60 pts are left");
            assertEquals(0, page.locator("#limit").count());
            pages.assertSound();
        }
    }

    private void givenAnAllowance(int left) {
        givenLimits(new JsonObject()
                .put("rule", "peers")
                .put("of", "giver")
                .put("per", "month")
                .put("from", "pool")
                .put("counts", "points")
                .put("limit", 100)
                .put("used", 100 - left)
                .put("left", left)
                .put("then", "refuse")
                .put("window", "2026-11")
                .put("resets_on", "2026-12-01"));
    }

    /** Anybody else would be told that there is no such distribution. */
    @Test
    void aFeedOpensOnlyWhatConcernsWhoReadsIt() {
        given(
                "distribution",
                "GET /api/feed",
                page(recognised(MANAGER, ASHA, 1000), recognised(LEAD, ASHA, 250), recognised(MANAGER, LEAD, 70))
                        .put("people", new JsonObject()));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/feed");
            assertThat(page.locator(".feed li")).hasCount(3);
            assertThat(page.locator(".feed li:has-text('1,000') a")).hasCount(0);
            assertThat(page.locator(".feed li:has-text('250') a")).hasCount(1);
            assertThat(page.locator(".feed li:has-text('70') a")).hasCount(1);
            pages.assertSound();
        }
    }

    private static JsonObject recognised(String from, String to, int amount) {
        return new JsonObject()
                .put("feed_id", AWARD)
                .put("kind", "recognition")
                .put("audience", "tenant")
                .put("actor_id", from)
                .put("receiver_id", to)
                .put("amount", amount)
                .put("message", "Thanks")
                .putNull("value")
                .put("distribution_id", AWARD)
                .put("occurred_at", NOW);
    }
}
