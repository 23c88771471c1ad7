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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Allocations by themselves: made, looked at, changed, paused, ended; and runs that are tried again. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class SchedulePagesTest extends ConsolePages {
    private static final String SCHEDULE = "019ac0dd-5a1f-7c3e-9b1d-3f2e1d0c9b8c";
    private static final String ALL = "/api/platform/schedules";
    private static final String ONE = ALL + "/" + SCHEDULE;
    private static final String ROUTE = ALL + "/{id}";

    private static JsonObject schedule(String state) {
        boolean active = state.equals("active");
        return new JsonObject()
                .put("schedule_id", SCHEDULE)
                .put("tenant_id", TENANT)
                .put("revision", 2)
                .put("state", state)
                .put("what", "allocate")
                .put("name", HOSTILE)
                .put("mode", "add")
                .put("amount", 50_000)
                .put("currency", "INR")
                .put("reference_note", "Contract 7, {period}")
                .put("every", "month")
                .put("day", "31")
                .put("at", "00:05")
                .put("starts_on", "2026-11-01")
                .putNull("ends_on")
                .put("catch_up", "all")
                .put("next_period", active ? "2026-12" : null)
                .put("next_due_at", active ? "2026-12-30T18:35:00Z" : null)
                .put("created_by", MANAGER)
                .put("created_at", NOW);
    }

    private static JsonObject run(long number, String period, String outcome, String reason) {
        boolean done = outcome.equals("done");
        return new JsonObject()
                .put("schedule_id", SCHEDULE)
                .put("number", number)
                .put("period", period)
                .put("attempt", 1)
                .put("outcome", outcome)
                .put("reason", reason)
                .put("allocation_id", done ? AWARD : null)
                .put("amount", done ? 50_000 : null)
                .put("due_at", NOW)
                .put("event_id", AWARD)
                .putNull("created_by")
                .put("created_at", NOW);
    }

    @BeforeEach
    void givenATenantWithASchedule() {
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}",
                "/api/platform/tenants/" + TENANT,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("name", "Triton Energy")
                        .put("status", "active")
                        .put("currency", "INR")
                        .put("price_per_point", "1.25")
                        .put("balance", 9_000)
                        .put("pool_version", 613)
                        .put("created_at", NOW)
                        .put("contract_revision", 3)
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)
                        .put("currency_exponent", 2)
                        .putNull("monthly_budget"));
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}/settings",
                "/api/platform/tenants/" + TENANT + "/settings",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("revision", 1)
                        .put("time_zone", "Asia/Kolkata")
                        .putNull("previous_time_zone"));
        givenTheSchedule("active");
    }

    private void givenTheSchedule(String state) {
        given("allocation", "GET " + ROUTE, ONE, 200, schedule(state));
        given("allocation", "GET " + ALL, ALL, 200, page(schedule(state)));
        given(
                "allocation",
                "POST " + ROUTE + "/preview",
                ONE + "/preview",
                200,
                new JsonObject()
                        .put(
                                "items",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("period", "2026-12")
                                                .put("due_at", "2026-12-30T18:35:00Z"))));
        given(
                "allocation",
                "GET " + ROUTE + "/runs",
                ONE + "/runs",
                200,
                page(run(2, "2026-11", "refused", "TENANT_SUSPENDED"), run(1, "2026-10", "done", null)));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aScheduleIsMadeForATenant(int width, ColorScheme colours) {
        given("allocation", "POST " + ALL, ALL, 201, schedule("active"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/schedules?tenant=" + TENANT);
            assertThat(page.locator("table")).containsText("adds 50,000 pts");
            pages.assertSound();
            pages.assertFits();
            page.locator("a.primary").press("Enter");
            assertThat(page.locator("main")).containsText("By the days of Asia/Kolkata.");
            page.locator("#at").fill("24:00");
            page.locator("#at").press("Enter");
            assertThat(page.locator("#name-error")).hasText("Give it a name.");
            assertThat(page.locator("#at-error")).hasText("Type a time of day, such as 00:05.");
            assertThat(page.locator("#name")).isFocused();
            pages.assertSound();
            page.locator("#every").selectOption("year");
            page.locator("#yearday").fill("02-30");
            page.locator("#name").fill("Monthly refill");
            page.locator("#name").press("Enter");
            assertThat(page.locator("#yearday-error")).hasText("Type a day of the year, such as 04-01.");
            page.locator("#every").selectOption("month");
            page.locator("#monthday").selectOption("31");
            page.locator("#amount").fill("50k");
            page.locator("#note").fill("Contract 7, {period}");
            page.locator("#at").fill("00:05");
            page.locator("#lasts").selectOption("after");
            page.locator("#unit").selectOption("D");
            page.locator("#number").fill("0");
            page.locator("#number").press("Enter");
            assertThat(page.locator("#number-error")).hasText("Type a number from 1 to 3,650.");
            page.locator("#number").fill("90");
            pages.assertFits();
            page.locator("#at").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts"))
                    .containsText("on day 31 of each month at 00:05; where the month is shorter, on its last");
            assertThat(page.locator(".facts")).containsText("can be used for 90 days");
            assertThat(page.locator("main")).containsText("Each period is run once, whatever happens.");
            pages.assertSound();
            posts();
            page.keyboard().press("Enter");
            page.waitForURL(Pages.CONSOLE + "/platform/schedules/" + SCHEDULE);
            assertEquals(
                    new JsonObject()
                            .put("tenant_id", TENANT)
                            .put("name", "Monthly refill")
                            .put("mode", "add")
                            .put("amount", 50_000)
                            .put("currency", "INR")
                            .put("reference_note", "Contract 7, {period}")
                            .put("every", "month")
                            .put("day", "31")
                            .put("at", "00:05")
                            .put("catch_up", "all")
                            .put("expires", new JsonObject().put("after", "P90D")),
                    new JsonObject(posts().get(0).body()));
            assertThat(page.locator("main h1")).hasText(HOSTILE);
            assertThat(page.locator("main")).containsText("the tenant is suspended");
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void itIsChangedPausedAndARefusedRunIsTriedAgain() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/schedules/" + SCHEDULE);
            assertThat(page.locator("table").first()).containsText("2026-12");
            page.locator("#change").press("Enter");
            assertThat(page.locator("#name")).isFocused();
            assertThat(page.locator("#monthday")).hasValue("31");
            page.locator("#amount").fill("60000");
            page.locator("#amount").press("Enter");
            assertThat(page.locator(".facts")).containsText("adds 60,000 pts");
            given(
                    "allocation",
                    "PUT " + ROUTE,
                    ONE,
                    200,
                    schedule("active").put("amount", 60_000).put("revision", 3));
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).hasText("The schedule is changed.");
            assertEquals(
                    List.of("\"2\""),
                    services.taken().stream()
                            .filter(asked -> asked.method().equals("PUT"))
                            .findFirst()
                            .orElseThrow()
                            .headers()
                            .get("if-match"));
            given(
                    "allocation",
                    "POST " + ROUTE + "/runs/{period}/retry",
                    ONE + "/runs/2026-11/retry",
                    200,
                    run(3, "2026-11", "done", null).put("attempt", 2).put("created_by", MANAGER));
            page.locator("points-list button").press("Enter");
            assertThat(page.locator("#done")).hasText("2026-11 has been run.");
            // Only then does the page leave the focus where somebody puts it.
            assertThat(page.locator("#done")).isFocused();
            page.locator("#pause").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("main")).containsText("what falls due meanwhile is not made up");
            given("allocation", "POST " + ROUTE + "/pause", ONE + "/pause", 200, schedule("paused"));
            givenTheSchedule("paused");
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).hasText("The schedule is paused.");
            assertThat(page.locator("#resume")).isVisible();
            assertThat(page.locator("main")).containsText("Nothing while it is paused.");
            pages.assertSound();
        }
    }

    @Test
    void aRefusedChangeSaysWhichFieldIsWrong() {
        given(
                "allocation",
                "POST " + ALL,
                ALL,
                422,
                new JsonObject()
                        .put("type", "urn:points:problem:invalid-schedule")
                        .put("title", "The schedule is not valid")
                        .put("status", 422)
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("field", "starts_on")
                                                .put("message", "must not be over 31 days back"))));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/schedules/new?tenant=" + TENANT);
            page.locator("#name").fill("Monthly refill");
            page.locator("#amount").fill("50");
            page.locator("#note").fill("Contract 7");
            page.locator("#note").press("Enter");
            page.locator("#send").press("Enter");
            assertThat(page.locator("#refusal")).containsText("starts_on: must not be over 31 days back");
            assertThat(page.locator("#name")).hasValue("Monthly refill");
        }
    }
}
