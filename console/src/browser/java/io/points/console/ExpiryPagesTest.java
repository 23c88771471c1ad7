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

/** Until when allocated points can be used: by which rule, of one allocation, and what of a pool lapses when. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ExpiryPagesTest extends ConsolePages {

    private static final String ONE = "/api/platform/tenants/" + TENANT;
    private static final String SETTINGS = "/api/platform/tenants/{tenant_id}/settings";
    private static final String CHECK = "/api/platform/allocations/allocate/check";
    private static final JsonObject A_YEAR = new JsonObject().put("after", "P1Y").put("round", "month_end");

    @BeforeEach
    void givenATenant() {
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}",
                ONE,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("name", HOSTILE)
                        .put("status", "active")
                        .put("currency", "INR")
                        .put("price_per_point", "1.25")
                        .put("balance", 34_150)
                        .put("pool_version", 613)
                        .put("created_at", NOW)
                        .put("contract_revision", 3)
                        .putNull("po_number")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)
                        .put("currency_exponent", 2)
                        .putNull("monthly_budget"));
    }

    private void givenSettings(String method, long revision, JsonObject expires) {
        given(
                "allocation",
                method + " " + SETTINGS,
                ONE + "/settings",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("revision", revision)
                        .put("time_zone", "Asia/Kolkata")
                        .putNull("previous_time_zone")
                        .put("pool_expires", expires));
    }

    private void givenWhatItWouldDo() {
        given(
                "allocation",
                "POST " + SETTINGS + "/check",
                ONE + "/settings/check",
                200,
                new JsonObject()
                        .put("pool_expires", A_YEAR)
                        .put("allocation_of_today", "2027-11-30")
                        .put("from", "2026-09-01")
                        .put("allocations", 2)
                        .put("points", 3_400)
                        .put("points_text", "3400")
                        .put(
                                "days",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("expires_on", "2026-10-31")
                                                .put("allocations", 2)
                                                .put("points", 3_400)
                                                .put("points_text", "3400")))
                        .put("complete", true));
    }

    private void givenExpiring(String route, String path) {
        given(
                "allocation",
                route,
                path,
                200,
                new JsonObject()
                        .put("allocated_text", "100")
                        .put("clawed_back_text", "0")
                        .put("awarded_text", "0")
                        .put("delegated_text", "0")
                        .put("returned_text", "0")
                        .put("in_flight_text", "0")
                        .put("distributed_30d_text", "0")
                        .put("expired_text", "1250")
                        .put(
                                "expiring",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("expires_on", "2026-12-31")
                                                .put("points", 5_000)
                                                .put("points_text", "5000"))));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aRuleIsSeenBeforeItBitesAndTheTimeZoneStays(int width, ColorScheme colours) {
        givenSettings("GET", 4, null);
        givenWhatItWouldDo();
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/expiry?tenant=" + TENANT);
            assertThat(page.locator("main strong")).hasText("never lapse");
            assertThat(page.locator("main")).containsText("by the days of Asia/Kolkata");
            pages.assertSound();
            page.locator("#rule").selectOption("every");
            page.locator("#day").fill("32");
            page.locator("#day").press("Enter");
            assertThat(page.locator("#day-error")).hasText("Type a day from 1 to 31.");
            page.locator("#rule").selectOption("after");
            page.locator("#number").fill("1");
            pages.assertFits();
            page.locator("#number").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts"))
                    .containsText("never lapse → can be used for 1 year, up to the end of the month");
            assertThat(page.locator(".facts")).containsText("30 Nov 2027");
            assertThat(page.locator(".facts")).containsText("3,400 pts of 2 allocations at most");
            assertThat(page.locator("table")).containsText("31 Oct 2026");
            pages.assertSound();
            pages.assertFits();
            JsonObject asked = new JsonObject()
                    .put("time_zone", "Asia/Kolkata")
                    .put("pool_expires", new JsonObject().put("after", "P1Y"));
            assertEquals(asked, new JsonObject(posts().get(0).body()));
            givenSettings("PUT", 5, A_YEAR);
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("main strong")).containsText("1 year");
            ServicesStandIn.Asked sent = services.taken().stream()
                    .filter(it -> it.method().equals("PUT"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(List.of("\"4\""), sent.headers().get("if-match"));
            assertEquals(asked, new JsonObject(sent.body()));
            pages.assertSound();
        }
    }

    @Test
    void whoeverWasFasterIsNotOverwritten() {
        givenSettings("GET", 4, A_YEAR);
        givenWhatItWouldDo();
        given(
                "allocation",
                "PUT " + SETTINGS,
                ONE + "/settings",
                412,
                new JsonObject()
                        .put("type", "urn:points:problem:precondition-failed")
                        .put("title", "It has changed since the caller read it")
                        .put("status", 412)
                        .put("revision", 5));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/expiry?tenant=" + TENANT);
            page.locator("#rule").selectOption("never");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            givenSettings("GET", 5, new JsonObject().put("every", "12-31").put("min_days", 30));
            page.keyboard().press("Enter");
            assertThat(page.locator("#refusal")).containsText("Somebody else has changed the rule meanwhile");
            assertThat(page.locator("main strong")).containsText("31 December");
            pages.assertSound();
        }
    }

    @Test
    void oneAllocationIsGivenADayOfItsOwn() {
        given(
                "allocation",
                "POST " + CHECK,
                CHECK,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("amount", 500)
                        .put("balance_before", 34_150)
                        .put("balance_after", 34_650)
                        .put("pool_version", 614)
                        .put("currency", "INR")
                        .put("price_per_point", "1.25")
                        .put("billed_cost", "625.00")
                        .put("contract_revision", 3)
                        .putNull("budget")
                        .putNull("reference_used_by")
                        .put("expires_on", "2027-03-31"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/allocate?tenant=" + TENANT);
            page.locator("#amount").fill("500");
            page.locator("#note").fill("Invoice 7");
            page.locator("#lasts").selectOption("day");
            page.locator("#amount").press("Enter");
            assertThat(page.locator("#on-error")).hasText("Choose the last day.");
            assertThat(page.locator("#on")).isFocused();
            page.locator("#on").fill("2027-03-31");
            pages.assertSound();
            page.locator("#amount").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("Can be used until");
            assertThat(page.locator(".facts")).containsText("31 Mar 2027");
            assertEquals(
                    new JsonObject().put("on", "2027-03-31"),
                    new JsonObject(posts().get(0).body()).getJsonObject("expires"));
            pages.assertSound();
        }
    }

    @Test
    void adminsAndManagersSeeWhatOfThePoolLapsesWhen() {
        givenExpiring(
                "GET /api/platform/allocations/stats/{tenant_id}", "/api/platform/allocations/stats/" + TENANT);
        givenExpiring("GET /api/allocations/stats", "/api/allocations/stats");
        var day = new JsonObject()
                .put("expires_on", "2026-12-31")
                .put("points", 700)
                .put("points_text", "700")
                .put("members", 3);
        given(
                "distribution",
                "GET /api/wallets/expiring",
                new JsonObject()
                        .put("days", new JsonArray().add(day))
                        .put("budgets", new JsonArray().add(day.copy().put("points", 90).put("points_text", "90"))));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/tenants/" + TENANT);
            assertThat(page.locator("[aria-label='Points of the pool that lapse']")).containsText("31 Dec 2026");
            assertThat(page.locator("[aria-label='Points of the pool that lapse']")).containsText("5,000");
            assertThat(page.locator("main")).containsText("1,250");
            assertThat(page.locator("a[href='/platform/expiry?tenant=" + TENANT + "']"))
                    .hasText("When points lapse");
        }
        given(
                "distribution",
                "GET /api/policy",
                new JsonObject()
                        .put("revision", 0)
                        .put(
                                "earned",
                                new JsonObject()
                                        .putNull("expires")
                                        .put("to", "nowhere")
                                        .put("notice_days", new JsonArray().add(30).add(7))));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/policy");
            assertThat(page.locator("[aria-label='Points of the pool that lapse']")).containsText("31 Dec 2026");
            assertThat(page.locator("main")).containsText("The rest of the pool stays for ever.");
            assertThat(page.locator("[aria-label='What people have earned lapses']")).containsText("700");
            assertThat(page.locator("[aria-label='What leads have to give lapses']")).containsText("90");
            pages.assertFits();
        }
    }
}
