package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points of a day can be used longer: a member's, by a manager, and a pool's, by an administrator. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class MoreTimePagesTest extends ConsolePages {

    private static final String EXTEND = "POST /api/dates/extend";
    private static final String EXTEND_POOL = "POST /api/platform/tenants/{tenant_id}/dates/extend";

    private void givenALead() {
        given(
                "distribution",
                "GET /api/members/{user_id}",
                "/api/members/" + LEAD,
                200,
                new JsonObject()
                        .put("user_id", LEAD)
                        .put("role", "lead")
                        .put("active", true)
                        .put("display_name", HOSTILE)
                        .putNull("email")
                        .put("revision", 3)
                        .put("enrolled_at", NOW)
                        .put("updated_at", NOW));
        given(
                "distribution",
                "GET /api/wallets/{user_id}",
                "/api/wallets/" + LEAD,
                200,
                new JsonObject()
                        .put("user_id", LEAD)
                        .put("budget", new JsonObject().put("balance", 900).put("entry_number", 4))
                        .put("earned", new JsonObject().put("balance", 120).put("entry_number", 1))
                        .put("earned_this_month", 0)
                        .put("expiring", new JsonArray().add(until("2027-02-26", 120)))
                        .put("budget_expiring", new JsonArray().add(until("2026-12-31", 900)))
                        .putNull("earned_until")
                        .put("entries", new JsonArray())
                        .putNull("next_cursor"));
        given("distribution", "GET /api/allocations/history/tenant", page());
    }

    private static JsonObject until(String day, long points) {
        return new JsonObject()
                .put("expires_on", day)
                .put("points", points)
                .put("points_text", String.valueOf(points));
    }

    private static JsonObject boost(String month) {
        return new JsonObject()
                .put("boost_id", AWARD)
                .put("user_id", LEAD)
                .put("month", month)
                .put("points", 50)
                .put("note", HOSTILE)
                .put("boosted_by", MANAGER)
                .put("created_at", NOW);
    }

    @Test
    void aMemberMayGiveMoreInAMonth() {
        givenALead();
        given("distribution", "GET /api/policy/boosts", page());
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + LEAD);
            page.locator("a[href$='/boost']").click();
            assertThat(page.locator("main")).containsText("Their allowance has not been boosted.");
            page.locator("#points").fill("many");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#points")).isFocused();
            assertThat(page.locator("#note-error")).not().isEmpty();
            pages.assertSound();
            pages.assertFits();
            String next = page.locator("#month option").nth(1).getAttribute("value");
            page.locator("#month").selectOption(next);
            page.locator("#points").fill("50");
            page.locator("#note").fill(" Three newcomers ");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("#send")).containsText("give 50 pts more in");
            given("distribution", "POST /api/policy/boosts", "/api/policy/boosts", 201, boost(next));
            given("distribution", "GET /api/policy/boosts", page(boost(next)));
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("tbody tr")).hasCount(1);
            pages.assertSound();
            pages.assertFits();
            assertEquals(
                    new JsonObject()
                            .put("user_id", LEAD)
                            .put("month", next)
                            .put("points", 50)
                            .put("note", "Three newcomers"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aMemberIsGivenMoreTime(int width, ColorScheme colours) {
        givenALead();
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/members/" + LEAD);
            page.locator("a[href$='/time']").click();
            page.locator("#which").selectOption("budget 2026-12-31");
            page.locator("#until").fill("2026-12-31");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#until-error")).hasText("Choose a later day than now.");
            assertThat(page.locator("#until")).isFocused();
            pages.assertSound();
            pages.assertFits();
            page.locator("#until").fill("2027-03-31");
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("900 until 31 Dec 2026");
            assertThat(page.locator(".facts")).containsText("31 Dec 2026 → 31 Mar 2027");
            pages.assertSound();
            pages.assertFits();
            given(
                    "distribution",
                    EXTEND,
                    new JsonObject()
                            .put("user_id", LEAD)
                            .put("account", "budget")
                            .put("from_date", "2026-12-31")
                            .put("extended", new JsonArray().add(until("2027-01-31", 900))));
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("table")).containsText("31 Jan 2027");
            assertEquals(
                    new JsonObject()
                            .put("user_id", LEAD)
                            .put("account", "budget")
                            .put("from_date", "2026-12-31")
                            .put("to_date", "2027-03-31"),
                    new JsonObject(posts().get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void aPoolIsGivenMoreTimeOrARefusalIsExplained() {
        String one = "/api/platform/tenants/" + TENANT;
        String stats = "/api/platform/allocations/stats/";
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}",
                one,
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
        given(
                "allocation",
                "GET " + stats + "{tenant_id}",
                stats + TENANT,
                200,
                new JsonObject()
                        .put("allocated_text", "100")
                        .put("clawed_back_text", "0")
                        .put("awarded_text", "0")
                        .put("delegated_text", "0")
                        .put("returned_text", "0")
                        .put("in_flight_text", "0")
                        .put("distributed_30d_text", "0")
                        .put("expired_text", "0")
                        .put("expiring", new JsonArray().add(until("2026-12-31", 5_000))));
        given(
                "allocation",
                EXTEND_POOL,
                one + "/dates/extend",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:earlier-date")
                        .put("title", "A last day can only be moved later; nothing was changed")
                        .put("status", 409));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/time?tenant=" + TENANT);
            page.locator("#until").fill("2027-03-31");
            page.locator("form button[type=submit]").press("Enter");
            page.keyboard().press("Enter");
            assertThat(page.locator("#refusal")).containsText("They can be used as long already");
            pages.assertSound();
            given(
                    "allocation",
                    EXTEND_POOL,
                    one + "/dates/extend",
                    200,
                    new JsonObject()
                            .put("tenant_id", TENANT)
                            .put("from_date", "2026-12-31")
                            .put("extended", new JsonArray().add(until("2027-03-31", 5_000))));
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("table")).containsText("31 Mar 2027");
            pages.assertSound();
        }
    }
}
