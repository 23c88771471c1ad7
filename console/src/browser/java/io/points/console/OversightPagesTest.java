package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps an eye on the books: alerts, adjustments by two people, the reconciliation, and the audit log's records and trees. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class OversightPagesTest extends ConsolePages {
    private static final String ADMIN = "00000000-0000-4000-8000-00000000000a";
    private static final String HASH = "5f0c".repeat(16);

    @BeforeEach
    void nameATenant() {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(new JsonObject().put("tenant_id", TENANT).put("name", HOSTILE)));
    }

    private static JsonObject alert(String state) {
        return new JsonObject()
                .put("alert_id", AWARD)
                .put("tenant_id", TENANT)
                .put("kind", "pool_low")
                .put("cause", "pool")
                .put(
                        "figures",
                        new JsonObject()
                                .put("balance", 99)
                                .put("monthly_average_distribution", 100000)
                                .put("average_over_days", 30)
                                .put("threshold_percent", 10))
                .put("state", state)
                .put("raised_at", NOW)
                .putNull("snoozed_until");
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anAdministratorSettlesAlerts(int width, ColorScheme colours) {
        given("allocation", "GET /api/platform/alerts", page(alert("open")));
        given(
                "allocation",
                "POST /api/platform/alerts/{id}/acknowledge",
                "/api/platform/alerts/" + AWARD + "/acknowledge",
                200,
                alert("acknowledged"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/alerts");
            assertThat(page.locator("table"))
                    .containsText("The pool holds 99, less than 10 % of what is distributed in a month, 1,00,000.");
            assertThat(page.locator("table")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.locator("table button").press("Enter");
            assertThat(page.locator("#settle")).isFocused();
            assertThat(page.locator("points-alert-action")).containsText("open → acknowledged");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            given("allocation", "GET /api/platform/alerts", page());
            page.locator("points-alert-action button.primary").press("Enter");
            assertThat(page.locator("#done")).containsText("acknowledged.");
            assertThat(page.locator("main")).containsText("All quiet");
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(1, sent.size());
            assertEquals("", sent.get(0).body());
            assertEquals(1, sent.get(0).headers().get("idempotency-key").size());
            page.locator("#state").selectOption("over");
            assertThat(page).hasURL(Pages.CONSOLE + "/platform/alerts?state=over");
            assertThat(page.locator("main")).containsText("No alert is in this state.");
            pages.assertSound();
        }
    }

    @Test
    void aManagerSeesTheirTenantsAlertsAndSettlesNone() {
        given("allocation", "GET /api/allocations/alerts", page(alert("open")));
        given("allocation", "GET /api/tenant", new JsonObject().put("tenant_id", TENANT).put("name", "Triton & Co"));
        var threshold = new JsonObject().putNull("points").put("usual", 100).put("low_at", 100);
        given("allocation", "GET /api/allocations/pool/low-at", threshold);
        given(
                "allocation",
                "PUT /api/allocations/pool/low-at",
                threshold.copy().put("points", 5_000).put("low_at", 5_000));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/alerts");
            assertThat(page.locator("table")).containsText("The pool holds 99");
            assertThat(page.locator(".person")).containsText("Triton & Co");
            assertEquals(0, page.locator("main table button").count());
            assertThat(page.locator("points-low-at")).containsText("It is low below 100 pts");
            pages.assertSound();
            pages.assertFits();
            page.locator("#low-at").fill("5000");
            page.locator("points-low-at button").click();
            assertThat(page.locator("#low-at-done")).isVisible();
            assertThat(page.locator("points-low-at")).containsText("It is low below 5,000 pts");
            assertEquals(
                    new JsonObject().put("points", 5_000),
                    new JsonObject(services.all().stream()
                            .filter(asked -> asked.method().equals("PUT"))
                            .findFirst()
                            .orElseThrow()
                            .body()));
            pages.assertSound();
        }
    }

    private static JsonObject adjustment(String state, String proposer) {
        return new JsonObject()
                .put("adjustment_id", AWARD)
                .put("tenant_id", TENANT)
                .put("account", "pool")
                .put("holder_id", TENANT)
                .put("amount", -500)
                .put("reason", HOSTILE)
                .put("state", state)
                .put("proposed_by", proposer)
                .put("proposed_at", NOW)
                .put("balance_after", state.equals("approved") ? 1250 : null);
    }

    @Test
    void anAdjustmentIsApprovedBySomebodyElse() {
        String route = "/api/platform/adjustments/pools";
        given("allocation", "GET " + route, page(adjustment("proposed", ADMIN)));
        given("allocation", "POST " + route, route, 200, adjustment("proposed", ADMIN));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/adjustments");
            assertThat(page.locator("table")).containsText("waits for somebody else");
            assertEquals(0, page.locator("table button").count());
            pages.assertSound();
            pages.assertFits();
            page.getByText("Propose an adjustment").click();
            page.locator("#amount").fill("−500");
            page.locator("#amount").press("Enter");
            assertThat(page.locator("main")).containsText("Choose a tenant.");
            page.locator("#tenant input").fill("evil");
            page.locator("vaadin-combo-box-item").first().click();
            page.locator("#reason").fill("Entry 18, ticket 4711");
            pages.assertSound();
            pages.assertFits();
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("main")).containsText("−500");
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).containsText("Another administrator has to approve it.");
            assertEquals(
                    new JsonObject().put("tenant_id", TENANT).put("amount", -500).put("reason", "Entry 18, ticket 4711"),
                    new JsonObject(posts().get(0).body()));

            given("allocation", "GET " + route, page(adjustment("proposed", MANAGER)));
            String approve = route + "/" + AWARD + "/approve";
            given("allocation", "POST " + route + "/{id}/approve", approve, 200, adjustment("approved", MANAGER));
            page.navigate(Pages.CONSOLE + "/platform/adjustments");
            page.locator("table button").click();
            assertThat(page.locator("#decision")).isFocused();
            assertThat(page.locator("points-adjustment-decision")).containsText("proposed → approved");
            pages.assertSound();
            page.getByText("Approve the adjustment").click();
            assertThat(page.locator("#done")).containsText("Approved: the balance is 1,250.");
        }
    }

    @Test
    void anAlertIsSnoozedAndAWalletsAdjustmentIsProposed() {
        given("allocation", "GET /api/platform/alerts", page(alert("open")));
        given(
                "allocation",
                "POST /api/platform/alerts/{id}/snooze",
                "/api/platform/alerts/" + AWARD + "/snooze",
                200,
                alert("snoozed").put("snoozed_until", NOW));
        String route = "/api/platform/adjustments/wallets";
        given(
                "distribution",
                "POST " + route,
                route,
                200,
                adjustment("proposed", ADMIN).put("account", "earned").put("holder_id", ASHA));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/alerts");
            page.locator("table button").click();
            services.taken();
            page.getByText("Snooze for a day").click();
            assertThat(page.locator("#done")).containsText("snoozed, until 28 Nov 2026");
            Instant until = new JsonObject(posts().get(0).body()).getInstant("until");
            assertTrue(until.isAfter(Instant.now().plus(23, ChronoUnit.HOURS)), until.toString());

            page.navigate(Pages.CONSOLE + "/platform/adjustments/new");
            page.locator("#tenant input").fill("evil");
            page.locator("vaadin-combo-box-item").first().click();
            page.locator("#account").selectOption("earned");
            page.locator("#user").fill("somebody");
            page.locator("#amount").fill("0");
            page.locator("#reason").fill("Only the balance was changed");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("main")).containsText("A user id has 36 characters.");
            assertThat(page.locator("#user")).isFocused();
            page.locator("#user").fill(ASHA);
            page.locator("#user").press("Enter");
            assertThat(page.locator("main")).containsText(ASHA);
            services.taken();
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).containsText("Proposed.");
            assertEquals(
                    new JsonObject()
                            .put("tenant_id", TENANT)
                            .put("amount", 0)
                            .put("reason", "Only the balance was changed")
                            .put("user_id", ASHA)
                            .put("account", "earned"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void financeSeesWhatDiffersAndWhatToDo() {
        JsonObject counted = new JsonObject().put("records", 2).put("points", "9007199254740993").putNull("amount_minor");
        given(
                "billing",
                "GET /api/billing/reconciliation/{tenant_id}",
                "/api/billing/reconciliation/" + TENANT,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("agrees", false)
                        .put("events", 3)
                        .put("entries", 4)
                        .put("event_points", 9000)
                        .put("entry_points", 9000)
                        .put("contiguous_version", 612)
                        .put(
                                "differences",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("kind", "waiting")
                                                .put("event_id", AWARD)
                                                .put("detail", "Entry 613 is missing.")))
                        .put(
                                "audit",
                                new JsonObject()
                                        .put("state", "behind")
                                        .put("heard_at", NOW)
                                        .put("pool_version", 612)
                                        .put(
                                                "topics",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("topic", "allocation.pool.events.v1")
                                                                .put("state", "behind")
                                                                .put("agrees", false)
                                                                .put(
                                                                        "counts",
                                                                        new JsonArray()
                                                                                .add(new JsonObject()
                                                                                        .put("kind", "allocated")
                                                                                        .put("state", "behind")
                                                                                        .put("audit", counted)
                                                                                        .put("billing", counted)))))));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", "/finance/reconciliation/" + TENANT);
            assertThat(page.locator("h1")).containsText(HOSTILE);
            assertThat(page.locator("main")).containsText("There are differences");
            assertThat(page.locator("main")).containsText("Wait a moment");
            assertThat(page.locator("main")).containsText("9,00,71,99,25,47,40,993 pts");
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void anAuditorFindsRecordsTreesKeysAndDifferences() {
        JsonObject item = new JsonObject()
                .put("event_id", AWARD)
                .put("type", "PeriodClosed")
                .put("source", "billing-service")
                .put("subject", TENANT)
                .put("tenant_id", TENANT)
                .put("actor_id", MANAGER)
                .put("actor_role", "finance")
                .put("trace_id", "0af7651916cd43dd8448eb211c80319c")
                .put("occurred_at", NOW)
                .put("recorded_at", NOW)
                .put("data_digest", HASH)
                .put("topic", "billing.periods.v1")
                .put("data", new JsonObject().put("reason", HOSTILE));
        given("audit", "GET /api/audit/records", page(item));
        given("audit", "GET /api/audit/records/{event_id}", "/api/audit/records/" + AWARD, 200, item);
        given(
                "audit",
                "GET /api/audit/proofs/inclusion",
                new JsonObject()
                        .put("event_id", AWARD)
                        .put("tenant_id", TENANT)
                        .put("leaf_index", 3)
                        .put("leaf_hash", HASH)
                        .put("tree_size", 4)
                        .put("root_hash", HASH)
                        .put("path", new JsonArray().add(HASH))
                        .put("note", "points/" + TENANT + "\n4\n"));
        given(
                "audit",
                "GET /api/audit/trees",
                page(new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("tree_size", 4)
                        .put("root_hash", HASH)
                        .put("signed_at", NOW)));
        given(
                "audit",
                "GET /api/audit/checkpoints/latest",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("tree_size", 4)
                        .put("note", "points/" + TENANT + "\n4\n"));
        given(
                "audit",
                "GET /api/audit/checkpoints",
                page(new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("tree_size", 4)
                        .put("root_hash", HASH)
                        .put("signed_at", NOW)
                        .put("note", "points/" + TENANT + "\n4\n")));
        services.reply(
                "GET /api/audit/keys",
                asked -> new ServicesStandIn.Reply(
                        200,
                        Documented.answer(
                                "audit",
                                "GET /api/audit/keys",
                                200,
                                "{\"items\":[{\"name\":\"points\",\"key_id\":\"abcd\",\"verifier_key\":\"points+abcd+AQ\",\"signing\":true}]}"),
                        Map.of()));
        given(
                "audit",
                "GET /api/audit/alerts",
                page(new JsonObject()
                        .put("alert_id", AWARD)
                        .put("tenant_id", TENANT)
                        .put("kind", "balance-differs")
                        .put("account", "earned")
                        .put("holder_id", ASHA)
                        .put("entry_number", 18)
                        .put("raised_at", NOW)
                        .put("expected_balance_text", "1250")
                        .put("stored_balance_text", "1750")
                        .put("sum_of_entries_text", "1750")));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("auditor", "/audit/records?subject=" + TENANT);
            assertThat(page.locator("table")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.locator("#event").fill(AWARD);
            page.locator("#event").press("Enter");
            assertThat(page.locator("h1")).hasText("PeriodClosed");
            assertThat(page.locator("main")).containsText("Leaf 3 of 4");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.getByText("0af7651916cd43dd8448eb211c80319c").click();
            assertThat(page).hasURL(Pages.CONSOLE + "/audit/records?trace=0af7651916cd43dd8448eb211c80319c");
            assertThat(page.locator("#trace")).hasValue("0af7651916cd43dd8448eb211c80319c");
            page.locator("table").waitFor();
            assertEquals(
                    List.of("/api/audit/records?trace_id=0af7651916cd43dd8448eb211c80319c&limit=50"),
                    services.taken().stream().map(ServicesStandIn.Asked::uri).toList());
            page.navigate(Pages.CONSOLE + "/audit/trees");
            assertThat(page.locator("main")).containsText("points+abcd+AQ");
            assertThat(page.locator("table").first()).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.locator("a[href='/audit/checkpoints/" + TENANT + "']").click();
            assertThat(page.locator("h1")).hasText("Checkpoints");
            assertThat(page.locator("table")).containsText(HASH);
            assertThat(page.locator("main")).containsText(HOSTILE);
            assertTrue(services.taken().stream()
                    .map(ServicesStandIn.Asked::uri)
                    .anyMatch(("/api/audit/checkpoints?tenant_id=" + TENANT + "&limit=50")::equals));
            pages.assertSound();
            pages.assertFits();
            page.navigate(Pages.CONSOLE + "/audit/alerts");
            assertThat(page.locator("table")).containsText("The balance differs");
            assertThat(page.locator("table")).containsText("1,250");
            pages.assertSound();
            pages.assertFits();
        }
    }
}
