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

/** Who may give how much, and what is left of it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class RulePagesTest extends ConsolePages {

    private static final JsonObject EARNED = new JsonObject()
            .putNull("expires")
            .put("to", "nowhere")
            .put("notice_days", new JsonArray().add(30).add(7));

    private static final JsonObject BUDGETS = new JsonObject().putNull("expires").put("to", "pool");

    private static JsonObject rule(String id, String of, String per, int points) {
        return new JsonObject()
                .put("id", id)
                .put("of", of)
                .put("per", per)
                .put("points", points)
                .put("then", "refuse");
    }

    private void givenAPolicy(String method, long revision, JsonObject... rules) {
        given(
                "distribution",
                method + " /api/policy",
                new JsonObject()
                        .put("revision", revision)
                        .put("earned", EARNED)
                        .put("budgets", BUDGETS)
                        .put("rules", new JsonArray(List.of(rules))));
    }

    private void givenWhatItWouldDo(String rule) {
        given(
                "distribution",
                "POST /api/policy/check",
                new JsonObject()
                        .put("policy", EARNED)
                        .putNull("award_of_today")
                        .put("from", "2026-09-01")
                        .put("awards", 0)
                        .put("points", 0)
                        .put("points_text", "0")
                        .put("days", new JsonArray())
                        .put("complete", true)
                        .put(
                                "budgets",
                                new JsonObject()
                                        .put("policy", BUDGETS)
                                        .putNull("delegation_of_today")
                                        .put("delegations", 0)
                                        .put("points", 0)
                                        .put("points_text", "0")
                                        .put("days", new JsonArray())
                                        .put("complete", true))
                        .put(
                                "rules",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("rule", rule)
                                                .put("awards", 3)
                                                .put("points", 1_900)
                                                .put("points_text", "1900")))
                        .put("rules_complete", true));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aRuleIsSeenBeforeItBites(int width, ColorScheme colours) {
        givenAPolicy("GET", 4);
        givenWhatItWouldDo("giver-month");
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/rules");
            assertThat(page.locator("main")).containsText("There are no limits.");
            assertThat(page.locator("#look")).isDisabled();
            page.locator("#role").selectOption("lead");
            page.locator("#most").fill("many");
            page.locator("#most").press("Enter");
            assertThat(page.locator("#most")).isFocused();
            assertThat(page.locator("#most-error")).not().isEmpty();
            page.locator("#most").fill("500");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table")).containsText("What one person gives: at most 500 pts each month");
            assertThat(page.locator("table")).containsText("leads");
            pages.assertSound();
            pages.assertFits();
            page.locator("#look").click();
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("Of the last 90 days' awards 3 would have been refused, of 1,900 pts.");
            JsonObject rule = rule("giver-month", "giver", "month", 500).put("roles", new JsonArray().add("lead"));
            assertEquals(
                    new JsonArray().add(rule),
                    new JsonObject(posts().get(0).body()).getJsonArray("rules"));
            givenAPolicy("PUT", 5, rule);
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            ServicesStandIn.Asked sent = services.taken().stream()
                    .filter(asked -> asked.method().equals("PUT"))
                    .toList()
                    .get(0);
            assertEquals(List.of("\"4\""), sent.headers().get("if-match"));
            assertEquals(EARNED, new JsonObject(sent.body()).getJsonObject("earned"));
            assertEquals(BUDGETS, new JsonObject(sent.body()).getJsonObject("budgets"));
            pages.assertSound();
        }
    }

    @Test
    void whatIsTakenAwayIsNotSent() {
        givenAPolicy("GET", 4, rule("all", "tenant", "year", 9_000), rule("month", "giver", "month", 500));
        givenWhatItWouldDo("month");
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/rules");
            page.locator("table button").first().click();
            page.locator("#look").click();
            assertThat(page.locator("#send")).isFocused();
            assertEquals(
                    new JsonArray().add(rule("month", "giver", "month", 500)),
                    new JsonObject(posts().get(0).body()).getJsonArray("rules"));
        }
    }

    @Test
    void whoeverGivesSeesWhatIsLeft() {
        givenToGive("budget", "good", 1_000L);
        givenLimits(new JsonObject()
                .put("rule", "month")
                .put("of", "giver")
                .put("per", "month")
                .put("counts", "points")
                .put("limit", 500)
                .put("limit_text", "500")
                .put("used", 380)
                .put("used_text", "380")
                .put("left", 120)
                .put("left_text", "120")
                .put("window", "2026-11")
                .put("resets_on", "2026-12-01"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            assertThat(page.locator("#limit")).hasText("Your company lets you give 120 pts more until 1 Dec 2026.");
            pages.assertSound();
        }
    }
}
