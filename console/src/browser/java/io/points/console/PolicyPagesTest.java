package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which rule earned points lapse, and what it would have done. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class PolicyPagesTest extends ConsolePages {

    private static final JsonObject A_YEAR = new JsonObject().put("after", "P1Y").put("round", "month_end");

    private static final JsonObject NEVER = new JsonObject().putNull("expires").put("to", "pool");

    private static JsonObject earned(JsonObject expires) {
        return earned(expires, "nowhere");
    }

    private static JsonObject earned(JsonObject expires, String to) {
        return new JsonObject()
                .put("expires", expires)
                .put("to", to)
                .put("notice_days", new JsonArray().add(30).add(7));
    }

    private void givenAPolicy(long revision, JsonObject expires) {
        given(
                "distribution",
                "GET /api/policy",
                policy(revision, earned(expires)));
    }

    private static JsonObject policy(long revision, JsonObject earned) {
        return new JsonObject().put("revision", revision).put("earned", earned).put("budgets", NEVER).put("rules", new JsonArray()).putNull("undo_approval_above");
    }

    private void givenWhatItWouldDo() {
        given(
                "distribution",
                "POST /api/policy/check",
                new JsonObject()
                        .put("policy", earned(A_YEAR, "pool"))
                        .put("award_of_today", "2027-11-30")
                        .put("from", "2026-09-01")
                        .put("awards", 12)
                        .put("points", 3_400)
                        .put("points_text", "3400")
                        .put(
                                "days",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("expires_on", "2026-10-31")
                                                .put("awards", 12)
                                                .put("points", 3_400)
                                                .put("points_text", "3400")))
                        .put("complete", true)
                        .put("budgets", whatItWouldDoWithBudgets())
                        .put("rules", new JsonArray())
                        .put("rules_complete", true)
                        .put("undos", 4)
                        .put("undos_by_two", 1));
    }

    private static JsonObject whatItWouldDoWithBudgets() {
        return new JsonObject()
                .put(
                        "policy",
                        new JsonObject()
                                .put("expires", new JsonObject().put("every", "12-31").put("min_days", 30))
                                .put("to", "nowhere"))
                .put("delegation_of_today", "2026-12-31")
                .put("delegations", 4)
                .put("points", 900)
                .put("points_text", "900")
                .put(
                        "days",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("expires_on", "2026-09-30")
                                        .put("delegations", 4)
                                        .put("points", 900)
                                        .put("points_text", "900")))
                .put("complete", true);
    }

    /** What is not touched is asked for as it is, for a policy is replaced as a whole. */
    private static JsonObject asked(String to) {
        return asked(to, NEVER);
    }

    private static JsonObject asked(String to, JsonObject budgets) {
        return new JsonObject()
                .put(
                        "earned",
                        new JsonObject()
                                .put("expires", new JsonObject().put("after", "P1Y"))
                                .put("to", to))
                .put("budgets", budgets);
    }

    private List<ServicesStandIn.Asked> puts() {
        return services.taken().stream()
                .filter(asked -> asked.method().equals("PUT"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aRuleIsSeenBeforeItBites(int width, ColorScheme colours) {
        givenAPolicy(0, null);
        givenWhatItWouldDo();
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/policy");
            assertThat(page.locator("main strong").first()).hasText("never lapse");
            pages.assertSound();
            page.locator("#rule").selectOption("after");
            page.locator("#number").fill("0");
            page.locator("#number").press("Enter");
            assertThat(page.locator("#number-error")).hasText("Type a number from 1 to 10.");
            assertThat(page.locator("#number")).isFocused();
            page.locator("#unit").selectOption("D");
            page.locator("#number").fill("3651");
            page.locator("#number").press("Enter");
            assertThat(page.locator("#number-error")).hasText("Type a number from 1 to 3,650.");
            page.locator("#unit").selectOption("Y");
            page.locator("#to").selectOption("pool");
            page.locator("#number").fill("1");
            pages.assertFits();
            page.locator("#number").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts"))
                    .containsText("never lapse → can be used for 1 year, up to the end of the month");
            assertThat(page.locator(".facts")).containsText("30 Nov 2027");
            assertThat(page.locator(".facts")).containsText("goes back to the pool");
            assertThat(page.locator(".facts")).containsText("3,400 pts of 12 awards at most");
            assertThat(page.locator(".facts")).containsText("30 days before, 7 days before");
            assertThat(page.locator("table").first()).containsText("31 Oct 2026");
            pages.assertSound();
            pages.assertFits();
            assertEquals(
                    asked("pool"),
                    new JsonObject(posts().get(0).body()));
            given(
                    "distribution",
                    "PUT /api/policy",
                    policy(1, earned(A_YEAR)));
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("main strong").first()).containsText("1 year");
            ServicesStandIn.Asked sent = puts().get(0);
            assertEquals(List.of("\"0\""), sent.headers().get("if-match"));
            assertEquals(
                    asked("pool"),
                    new JsonObject(sent.body()));
            pages.assertSound();
        }
    }

    @Test
    void budgetsHaveARuleOfTheirOwn() {
        givenAPolicy(2, A_YEAR);
        givenWhatItWouldDo();
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/policy");
            page.locator("#budgets-rule").selectOption("every");
            page.locator("#budgets-month").selectOption("02");
            page.locator("#budgets-day").fill("30");
            page.locator("#budgets-day").press("Enter");
            assertThat(page.locator("#budgets-day-error")).hasText("Type a day from 1 to 29.");
            assertThat(page.locator("#budgets-day")).isFocused();
            page.locator("#budgets-month").selectOption("12");
            page.locator("#budgets-day").fill("31");
            page.locator("#budgets-to").selectOption("nowhere");
            pages.assertFits();
            page.locator("#budgets-day").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts"))
                    .containsText("never lapse → lapse each year after 31 December, if that is at least 30 days off");
            assertThat(page.locator(".facts")).containsText("31 Dec 2026");
            assertThat(page.locator(".facts")).containsText("900 pts of 4 delegations at most");
            assertThat(page.locator("table").last()).containsText("30 Sept 2026");
            assertEquals(
                    asked(
                            "nowhere",
                            new JsonObject()
                                    .put("expires", new JsonObject().put("every", "12-31"))
                                    .put("to", "nowhere")),
                    new JsonObject(posts().get(0).body()));
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void whoeverWasFasterIsNotOverwritten() {
        givenAPolicy(3, A_YEAR);
        givenWhatItWouldDo();
        given(
                "distribution",
                "PUT /api/policy",
                "/api/policy",
                412,
                new JsonObject()
                        .put("type", "urn:points:problem:precondition-failed")
                        .put("title", "It has changed since the caller read it")
                        .put("status", 412)
                        .put("revision", 4));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/policy");
            page.locator("#rule").selectOption("never");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            givenAPolicy(4, new JsonObject().put("every", "12-31").put("min_days", 30));
            page.keyboard().press("Enter");
            assertThat(page.locator("#refusal")).containsText("Somebody else has changed the rule meanwhile");
            assertThat(page.locator("main strong").first())
                    .hasText("lapse each year after 31 December, if that is at least 30 days off");
            pages.assertSound();
        }
    }

    @Test
    void aDayOfTheYearIsOneThatThereIs() {
        givenAPolicy(0, null);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/policy");
            page.locator("#rule").selectOption("every");
            page.locator("#month").selectOption("02");
            page.locator("#day").fill("30");
            page.locator("#day").press("Enter");
            assertThat(page.locator("#day-error")).hasText("Type a day from 1 to 29.");
            assertEquals(List.of(), posts());
        }
    }
}
