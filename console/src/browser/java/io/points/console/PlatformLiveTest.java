package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Administrators' pages that are told when to look again. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class PlatformLiveTest extends ConsolePages {
    private static final String OTHER = "660e8400-e29b-41d4-a716-446655440000";
    private static final String TENANTS = "GET /api/platform/tenants";

    private static JsonObject tenant(String id, long balance) {
        return new JsonObject()
                .put("tenant_id", id)
                .put("name", HOSTILE)
                .put("status", "active")
                .put("currency", "INR")
                .put("price_per_point", "1.00")
                .put("balance", balance)
                .put("pool_version", 613)
                .put("created_at", NOW)
                .put("contract_revision", 1)
                .putNull("po_number")
                .putNull("cost_centre")
                .put("valid_from", NOW)
                .put("currency_exponent", 2)
                .putNull("monthly_budget");
    }

    private static JsonObject onList(String id, long balance) {
        return tenant(id, balance)
                .putNull("distributed_30d")
                .putNull("distributed_30d_text")
                .putNull("distribution_rate_30d")
                .putNull("runway_days")
                .put("allocated_this_month", 0)
                .put("allocated_this_month_text", "0")
                .putNull("last_allocation")
                .put("open_alerts", 0);
    }

    private void givenTheTenant(long balance) {
        given("allocation", TENANTS + "/{tenant_id}", "/api/platform/tenants/" + TENANT, 200, tenant(TENANT, balance));
    }

    private static JsonObject alert(String cause) {
        return new JsonObject()
                .put("alert_id", AWARD)
                .put("tenant_id", TENANT)
                .put("kind", "large_clawback")
                .put("cause", cause)
                .put("figures", new JsonObject().put("amount", 900).put("balance_before", 1000).put("threshold_percent", 50))
                .put("state", "open")
                .put("raised_at", NOW)
                .putNull("snoozed_until")
                .putNull("acknowledged_by")
                .putNull("acknowledged_at")
                .putNull("over_at");
    }

    private void awaitStream(String asked) {
        await().untilAsserted(() -> assertEquals(asked, services.events().last()));
        await().until(() -> services.events().open() == 1);
    }

    @Test
    void aTenantsPageFollowsThatTenant() {
        givenTheTenant(34_150);
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/tenants/" + TENANT);
            assertThat(page.locator(".pool output")).hasText("34,150");
            awaitStream("/api/platform/events?tenants=" + TENANT);
            givenTheTenant(900);
            services.events().changed("{\"tenant:" + TENANT + "\":\"614.900\"}");
            assertThat(page.locator(".pool output")).hasText("900");
            pages.assertSound();
            // Another page shows no tenant, and asks of none.
            page.locator("nav a[href='/platform/alerts']").click();
            awaitStream("/api/platform/events");
        }
    }

    @Test
    void theListFollowsTheTenantsThatItShows() {
        given("allocation", TENANTS, page(onList(TENANT, 34_150), onList(OTHER, 7)));
        try (Pages pages = Pages.withAClock(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/tenants");
            assertThat(page.locator("table")).containsText("34,150");
            awaitStream("/api/platform/events?tenants=" + TENANT + "," + OTHER);
            given("allocation", TENANTS, page(onList(TENANT, 900), onList(OTHER, 7)));
            services.events().changed("{\"tenant:" + TENANT + "\":\"614.900\"}");
            pages.skipUntil(() -> page.locator("table").textContent().contains("900"));
            assertThat(page.locator("table")).not().containsText("34,150");
        }
    }

    @Test
    void anAlertIsThereAtOnce() {
        given("allocation", "GET /api/platform/alerts", page());
        given("allocation", TENANTS, page(onList(TENANT, 34_150)));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/alerts");
            assertThat(page.locator("points-list .empty")).isVisible();
            awaitStream("/api/platform/events");
            given("allocation", "GET /api/platform/alerts", page(alert(AWARD)));
            services.events().changed("{\"alerts\":\"2\"}");
            assertThat(page.locator("points-list tbody tr")).hasCount(1);
            pages.assertSound();
        }
    }
}
