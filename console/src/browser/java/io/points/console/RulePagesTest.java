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

    private Integer undoAbove;
    private String warning;
    private JsonArray ofClosedDepartments;

    private void givenAPolicy(String method, long revision, JsonObject... rules) {
        given(
                "distribution",
                method + " /api/policy",
                new JsonObject()
                        .put("revision", revision)
                        .put("earned", EARNED)
                        .put("budgets", BUDGETS)
                        .put("rules", new JsonArray(List.of(rules)))
                        .put("undo_approval_above", undoAbove)
                        .put("closed_department_rules", ofClosedDepartments)
                        .put("warning", warning));
    }

    /** What is there already stays, and empty means never. */
    @Test
    void whenTakingBackTakesTwoPeopleIsSaidHere() {
        undoAbove = 5_000;
        givenAPolicy("GET", 3);
        givenWhatItWouldDo("month");
        undoAbove = 10_000;
        warning = "no-other-manager-known";
        givenAPolicy("PUT", 4);
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/rules");
            assertThat(page.locator("#undo")).hasValue("5000");
            assertThat(page.locator("#look")).isDisabled();
            page.locator("#undo").fill("many");
            page.locator("#look").click();
            assertThat(page.locator("#undo")).isFocused();
            page.locator("#undo").fill("10000");
            page.locator("#look").click();
            assertThat(page.locator(".facts")).containsText("takes two people above 10,000 pts");
            assertThat(page.locator(".facts")).containsText("Of the last 90 days' 4 times that was done, 1 would have taken two.");
            pages.assertSound();
            pages.assertFits();
            page.locator("#send").click();
            assertThat(page.locator("#done")).isVisible();
            assertThat(page.locator("#alone")).containsText("no other active manager");
            var sent = services.all().stream()
                    .filter(asked -> asked.method().equals("PUT"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(10_000, new JsonObject(sent.body()).getInteger("undo_approval_above"));
        }
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
                                                .put("alerts", 2)
                                                .put("points_text", "1900")))
                        .put("rules_complete", true)
                        .put("undos", 4)
                        .put("undos_by_two", 1));
    }

    private static JsonObject department(String name) {
        return new JsonObject()
                .put("department_id", AWARD)
                .put("name", name)
                .putNull("parent_id")
                .put("closed", false)
                .put("balance", 500)
                .put("given_in_month", 0)
                .put("given_in_month_text", "0")
                .put("manager_ids", new JsonArray())
                .put("rules", new JsonArray())
                .put("revision", 1);
    }

    /** Which department is meant is chosen by its name, and shown by it. */
    @Test
    void rulesOfDepartmentsCanBeMade() {
        ofClosedDepartments = new JsonArray().add("lab-thanks");
        givenAPolicy("GET", 4);
        givenWhatItWouldDo("department-month");
        given(
                "distribution",
                "GET /api/departments",
                new JsonObject().put("items", new JsonArray().add(department("Sales"))));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/rules");
            assertThat(page.locator("#closed")).containsText("lab-thanks");
            page.locator("#of").selectOption("department");
            assertThat(page.locator("#role")).hasCount(0);
            page.locator("#most").fill("900");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table")).containsText("What is given out of a department: at most 900 pts each month");
            page.locator("#department").selectOption(AWARD);
            page.locator("#most").fill("500");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table"))
                    .containsText("What is given out of a department (Sales): at most 500 pts each month; it is refused");
            page.locator("#of").selectOption("allowance");
            page.locator("#department").selectOption(AWARD);
            page.locator("#most").fill("100");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table"))
                    .containsText("Allowance: what one person may give (Sales): at most 100 pts each month");
            pages.assertSound();
            pages.assertFits();
            page.locator("#look").click();
            assertThat(page.locator("#send")).isFocused();
            assertEquals(
                    new JsonArray()
                            .add(rule("department-month", "department", "month", 900))
                            .add(rule("department-month-2", "department", "month", 500)
                                    .put("departments", new JsonArray().add(AWARD)))
                            .add(rule("allowance-month", "giver", "month", 100)
                                    .put("from", "department:" + AWARD)
                                    .put("roles", new JsonArray().add("employee"))),
                    new JsonObject(posts().get(0).body()).getJsonArray("rules"));
        }
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
            assertThat(page.locator("table")).containsText("What one person gives: at most 500 pts each month; it is refused");
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

    /** No rule needs JSON: each kind has its fields, and says what becomes of more. */
    @Test
    void rulesOfAllKindsCanBeMade() {
        givenAPolicy("GET", 4);
        givenWhatItWouldDo("giver-week");
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/rules");
            page.locator("#kinds").selectOption("both");
            page.locator("#per").selectOption("week");
            page.locator("#awards").fill("5");
            page.locator("#then").selectOption("alert");
            page.locator("#alert-at").fill("80, 60");
            page.locator("#awards").press("Enter");
            assertThat(page.locator("#alert-at")).isFocused();
            page.locator("#alert-at").fill("80, 100");
            page.locator("#alert-at").press("Enter");
            assertThat(page.locator("table"))
                    .containsText("at most 5 times each week; managers are told; managers are told at 80 %, 100 %");

            page.locator("#of").selectOption("twin");
            page.locator("#then").selectOption("refuse");
            page.locator("#most").fill("10");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table")).containsText("within 10 minutes");

            page.locator("#of").selectOption("share");
            assertThat(page.locator("#then")).hasValue("alert");
            page.locator("#most").fill("100");
            page.locator("#most").press("Enter");
            assertThat(page.locator("#most")).isFocused();
            page.locator("#most").fill("50");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table tbody tr")).hasCount(3);

            page.locator("#of").selectOption("award");
            page.locator("#kinds").selectOption("award");
            page.locator("#then").selectOption("approve");
            page.locator("#levels").selectOption("2");
            page.locator("#most").fill("1000");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table tbody tr")).hasCount(4);

            page.locator("#of").selectOption("allowance");
            assertThat(page.locator("#role")).hasValue("employee");
            assertThat(page.locator("#then")).hasValue("refuse");
            assertThat(page.locator("#kinds")).hasCount(0);
            page.locator("#per").selectOption("month");
            page.locator("#most").fill("100");
            page.locator("#most").press("Enter");
            assertThat(page.locator("table tbody tr")).hasCount(5);
            assertThat(page.locator("table")).containsText("Allowance: what one person may give: at most 100 pts each month");
            pages.assertSound();
            page.locator("#look").click();
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts"))
                    .containsText(
                            "Of the last 90 days' awards 3 were beyond it, of 1,900 pts. Managers would have been told 2 times.");
            JsonArray kinds = new JsonArray().add("award").add("delegation");
            assertEquals(
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("id", "giver-week")
                                    .put("of", "giver")
                                    .put("kinds", kinds)
                                    .put("per", "week")
                                    .put("awards", 5)
                                    .put("alert_at", new JsonArray().add(80).add(100))
                                    .put("then", "alert"))
                            .add(new JsonObject()
                                    .put("id", "twin")
                                    .put("of", "twin")
                                    .put("kinds", kinds)
                                    .put("minutes", 10)
                                    .put("then", "refuse"))
                            .add(new JsonObject()
                                    .put("id", "share-week")
                                    .put("of", "share")
                                    .put("kinds", kinds)
                                    .put("per", "week")
                                    .put("share_percent", 50)
                                    .put("then", "alert"))
                            .add(new JsonObject()
                                    .put("id", "award")
                                    .put("of", "award")
                                    .put("points_above", 1_000)
                                    .put("then", "approve")
                                    .put("levels", 2))
                            .add(new JsonObject()
                                    .put("id", "allowance-month")
                                    .put("of", "giver")
                                    .put("from", "pool")
                                    .put("roles", new JsonArray().add("employee"))
                                    .put("per", "month")
                                    .put("points", 100)
                                    .put("then", "refuse")),
                    new JsonObject(posts().get(0).body()).getJsonArray("rules"));
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
                .put("then", "refuse")
                .put("window", "2026-11")
                .put("resets_on", "2026-12-01"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/recognise");
            assertThat(page.locator("#limit")).hasText("Your company lets you give 120 pts more until 1 Dec 2026.");
            pages.assertSound();
        }
    }
}
