package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the platform's administrators do with tenants: registering, suspending and reactivating them, and their monthly budgets. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class PlatformPagesTest extends ConsolePages {
    private static final String TENANTS = "/api/platform/tenants";
    private static final String ONE = TENANTS + "/" + TENANT;
    private static final String PROPOSAL = "019ac0de-0000-7000-8000-0000000000aa";
    private static final String NAME = "Tritón <b>Energy</b> 🎉 \u202Eevil";

    private static JsonObject tenant(String status) {
        return new JsonObject()
                .put("tenant_id", TENANT)
                .put("name", NAME)
                .put("status", status)
                .put("currency", "KWD")
                .put("price_per_point", "0.0025")
                .put("balance", 34_150)
                .put("pool_version", 613)
                .put("created_at", NOW)
                .put("contract_revision", 1)
                .putNull("po_number")
                .putNull("cost_centre")
                .put("valid_from", NOW)
                .put("currency_exponent", 3)
                .putNull("monthly_budget");
    }

    private void givenTheTenant(JsonObject tenant) {
        given("allocation", "GET " + TENANTS + "/{tenant_id}", ONE, 200, tenant);
    }

    private List<ServicesStandIn.Asked> sent(String method) {
        return services.taken().stream()
                .filter(asked -> asked.method().equals(method))
                .toList();
    }

    private void givenASummary(JsonObject alerts, int proposals) {
        given(
                "allocation",
                "GET /api/platform/summary",
                new JsonObject()
                        .put("as_of", NOW)
                        .put("tenants", 12)
                        .put("suspended_tenants", 1)
                        .put("points_in_pools", 9_007_199_254_740_993L)
                        .put("points_in_pools_text", "9007199254740993")
                        .put("allocated_this_month", 50_000)
                        .put("allocated_this_month_text", "50000")
                        .put("allocated_last_month", 40_000)
                        .put("allocated_last_month_text", "40000")
                        .put("clawed_back_this_month", 0)
                        .put("clawed_back_this_month_text", "0")
                        .put("clawed_back_last_month", 100)
                        .put("clawed_back_last_month_text", "100")
                        .put("open_alerts", alerts)
                        .put("proposed_pool_adjustments", proposals)
                        .put("open_proposals", proposals == 0 ? 0 : 4));
    }

    private static JsonObject adjustment(String state) {
        return new JsonObject()
                .put("adjustment_id", AWARD)
                .put("tenant_id", TENANT)
                .put("account", "budget")
                .put("holder_id", LEAD)
                .put("amount", -5)
                .put("reason", "Found by the audit log")
                .put("state", state)
                .put("proposed_by", MANAGER)
                .put("proposed_at", NOW);
    }

    @Test
    void theFirstPageSaysWhatWaitsForSomebodyAndWhetherAllIsQuiet() {
        String wallets = "GET /api/platform/adjustments/wallets";
        givenASummary(new JsonObject().put("pool_low", 3).put("refused_calls", 1), 2);
        given("distribution", wallets, page(adjustment("proposed"), adjustment("approved")));
        given(
                "allocation",
                "GET " + TENANTS,
                page(tenant("active").put("runway_days", 7), tenant("active").put("runway_days", 31)));
        given(
                "allocation",
                "GET /api/platform/allocations/all",
                page(new JsonObject()
                        .put("allocation_id", AWARD)
                        .put("kind", "clawback")
                        .put("tenant_id", TENANT)
                        .put("amount", 6_000)
                        .put("currency", "KWD")
                        .put("price_per_point", "0.0025")
                        .putNull("reference_note")
                        .put("reason", HOSTILE)
                        .put("balance_after", 34_150)
                        .put("created_at", NOW)));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform");
            assertThat(page.locator("main ul")).containsText("Low pools: 3");
            assertThat(page.locator("main ul")).containsText("another administrator has to decide, Pools: 2");
            assertThat(page.locator("main ul")).containsText("another administrator has to decide, Wallets: 1");
            assertThat(page.locator("main ul a[href='/platform/proposals?state=proposed']"))
                    .hasText("Proposals that wait for another administrator: 4");
            assertThat(page.locator("section table tbody tr")).hasCount(1);
            assertThat(page.locator("section table")).containsText("7 days");
            assertThat(page.locator(".facts")).containsText("12, 1 of them suspended");
            assertThat(page.locator(".facts")).containsText("9,00,71,99,25,47,40,993 pts");
            assertThat(page.locator(".facts")).containsText("50,000; last month 40,000");
            assertThat(page.locator("points-list")).containsText("−6,000");
            assertThat(page.locator("main")).not().containsText("All quiet");
            pages.assertSound();
            pages.assertFits();
            page.getByText("Low pools: 3").press("Enter");
            assertThat(page.locator("#kind")).hasValue("pool_low");
            assertThat(page.locator("main")).containsText("No alert is in this state.");
            assertTrue(services.all().stream()
                    .anyMatch(asked -> asked.uri().equals("/api/platform/alerts?state=open&kind=pool_low&limit=50")));

            givenASummary(new JsonObject(), 0);
            given("allocation", "GET " + TENANTS, page(tenant("active").putNull("runway_days")));
            services.reply(wallets, asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
            page.navigate(Pages.CONSOLE + "/");
            assertThat(page).hasURL(Pages.CONSOLE + "/platform");
            assertThat(page.locator("main")).containsText("This could not be read");
            assertThat(page.locator("main")).not().containsText("All quiet");
            given("distribution", wallets, page(adjustment("rejected")));
            page.locator("main section button").press("Enter");
            assertThat(page.locator("main")).containsText("All quiet: nothing waits for you. As of");
            pages.assertSound();

            page.locator("nav a[href='/platform/activity']").click();
            page.locator("#kind").selectOption("clawback");
            page.locator("#from").fill("2026-11-01");
            page.locator("#to").fill("2026-11-30");
            page.locator("#to").blur();
            assertThat(page).hasURL(Pages.CONSOLE + "/platform/activity?kind=clawback&from=2026-11-01&to=2026-11-30");
            // The person's own days: Indian time, the last one among them.
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertTrue(services.all().stream()
                            .anyMatch(asked -> asked.uri()
                                    .equals("/api/platform/allocations/all?kind=clawback&from=2026-10-31T18%3A30%3A00.000Z"
                                            + "&to=2026-11-30T18%3A30%3A00.000Z&limit=50"))));
            pages.assertSound();
        }
    }

    @Test
    void aTenantIsRegisteredAndThePageSaysWhatToDoNext() {
        given("allocation", "GET " + TENANTS, page());
        String exists = Documented.answer(
                "allocation",
                "POST " + TENANTS,
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:tenant-exists")
                        .put("title", "A tenant with this id already exists")
                        .put("status", 409)
                        .encode());
        services.reply("POST " + TENANTS, asked -> new ServicesStandIn.Reply(409, exists, Map.of()));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/tenants");
            assertThat(page.locator("main")).containsText("No tenant is registered yet.");
            page.locator("#status").selectOption("suspended");
            page.locator("#sort").selectOption("last_allocation");
            assertThat(page).hasURL(Pages.CONSOLE + "/platform/tenants?status=suspended&sort=last_allocation");
            assertThat(page.locator("main")).containsText("No tenant is like this.");
            pages.assertSound();
            pages.assertFits();
            assertTrue(services.all().stream()
                    .anyMatch(asked -> asked.uri().equals(TENANTS + "?sort=last_allocation&status=suspended&limit=50")));
            page.getByText("Register a tenant").press("Enter");
            assertThat(page.locator("main h1")).isFocused();
            page.locator("#id").fill("00000000-0000-0000-0000-000000000000");
            page.locator("#price").fill("0,5");
            page.locator("#from").fill("2999-01-01");
            page.locator("#price").press("Enter");
            assertThat(page.locator("#name")).isFocused();
            assertThat(page.locator("#name-error")).hasText("Give the tenant's name.");
            assertThat(page.locator("#id-error")).hasText("A tenant id has 36 characters.");
            assertThat(page.locator("#currency-error")).hasText("Give three letters, such as INR.");
            assertThat(page.locator("#price-error")).containsText("Give a price");
            assertThat(page.locator("#from-error")).containsText("cannot begin later than today");
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.locator("#name").fill(NAME);
            page.locator("#id").fill(TENANT);
            page.locator("#currency").fill("kwd");
            assertThat(page.locator("#currency-hint")).hasText("Kuwaiti Dinar");
            page.locator("#price").fill("0.00255");
            assertThat(page.locator("#price-hint")).containsText("10,000 points: KWD 25.500");
            page.locator("#po").fill("PO-7");
            page.locator("#from").fill("2020-01-01");
            page.locator("#price").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText(NAME);
            assertThat(page.locator(".facts")).containsText("1 Jan 2020");
            pages.assertSound();
            pages.assertFits();
            page.keyboard().press("Enter");
            assertThat(page.locator("#refusal")).containsText("There is a tenant with this id already.");
            assertThat(page.locator("main a[href='/platform/tenants/" + TENANT + "']")).hasText("Open the tenant");
            assertThat(page.locator("#name")).hasValue(NAME);
            pages.assertSound();
            given("allocation", "POST " + TENANTS, TENANTS, 201, tenant("active"));
            page.locator("#id").fill("");
            page.locator("#id").press("Enter");
            assertThat(page.locator(".facts")).containsText("a new one");
            services.taken();
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).hasText(NAME + " is registered.");
            assertThat(page.locator("ol.steps")).containsText(TENANT);
            assertThat(page.locator("ol.steps a")).hasAttribute("href", "/platform/allocate?tenant=" + TENANT);
            pages.assertSound();
            pages.assertFits();
            assertEquals(
                    new JsonObject()
                            .put("name", NAME)
                            .put("currency", "KWD")
                            .put("price_per_point", "0.00255")
                            .put("po_number", "PO-7")
                            .put("valid_from", "2020-01-01T00:00:00.000Z"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void whoeverSuspendsATenantReadsWhatStopsAndTypesItsName() {
        givenTheTenant(tenant("active"));
        given("allocation", "POST " + TENANTS + "/{tenant_id}/suspend", ONE + "/suspend", 200, tenant("suspended"));
        given("allocation", "POST " + TENANTS + "/{tenant_id}/reactivate", ONE + "/reactivate", 200, tenant("active"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/status?tenant=nonsense");
            assertThat(page.locator("main")).containsText("No tenant is chosen.");
            page.navigate(Pages.CONSOLE + "/platform/tenants/" + TENANT);
            page.getByText("Suspend").press("Enter");
            assertThat(page.locator("main")).containsText("Awards, recognitions, campaigns and budgets for leads are refused");
            services.taken();
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#reason-error")).hasText("Give a reason: it is kept in the audit log.");
            pages.assertSound();
            page.keyboard().type("Unpaid since May");
            page.keyboard().press("Enter");
            assertThat(page.locator("#name")).isFocused();
            assertThat(page.locator(".facts")).containsText("active → suspended");
            page.keyboard().type("Triton Energy");
            tabTo(page, "#send");
            page.keyboard().press("Enter");
            assertThat(page.locator("#name-error")).hasText("This is not the tenant's name.");
            assertThat(page.locator("#name")).isFocused();
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.locator("#name").fill(NAME);
            givenTheTenant(tenant("suspended"));
            page.locator("#send").dblclick();
            assertThat(page.locator("#done")).hasText("The tenant is suspended.");
            assertThat(page.locator("#done")).isFocused();
            pages.assertSound();
            List<ServicesStandIn.Asked> posts = posts();
            assertEquals(List.of(ONE + "/suspend"), posts.stream().map(ServicesStandIn.Asked::uri).toList());
            assertEquals(new JsonObject().put("reason", "Unpaid since May"), new JsonObject(posts.get(0).body()));

            page.locator("main a[href='/platform/tenants/" + TENANT + "']").click();
            assertThat(page.locator("main .notice")).containsText("This tenant is suspended");
            page.getByText("Reactivate").click();
            page.locator("#reason").fill("Paid");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("suspended → active");
            assertThat(page.locator("#name")).hasCount(0);
            pages.assertSound();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("The tenant is active again.");
        }
    }

    @Test
    void aMonthlyBudgetIsSetAndRemoved() {
        givenTheTenant(tenant("active"));
        String budget = TENANTS + "/{tenant_id}/budget";
        given("allocation", "PUT " + budget, ONE + "/budget", 200, tenant("active").put("monthly_budget", 200_000));
        given("allocation", "DELETE " + budget, ONE + "/budget", 200, tenant("active"));
        givenSettings("GET", 0, null);
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/budget?tenant=" + TENANT);
            assertThat(page.locator("#budget-hint")).hasText("There is no budget now.");
            assertThat(page.locator("#none")).hasCount(0);
            page.locator("#budget").fill("0");
            page.locator("#budget").press("Enter");
            assertThat(page.locator("#budget-error")).isVisible();
            assertThat(page.locator("#budget")).isFocused();
            pages.assertSound();
            page.locator("#budget").fill("2,00,000");
            page.locator("#budget").press("Enter");
            assertThat(page.locator(".facts")).containsText("none → 2,00,000 pts");
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("The budget is 2,00,000 pts a month.");
            pages.assertSound();
            assertEquals(
                    new JsonObject().put("monthly_budget", 200_000).put("on_exceed", "alert"),
                    new JsonObject(sent("PUT").get(0).body()));
            givenTheTenant(tenant("active").put("monthly_budget", 200_000).put("on_exceed", "alert"));
            page.reload();
            page.locator("#budget").fill("200000");
            page.locator("#budget").press("Enter");
            assertThat(page.locator("#budget-error")).hasText("This is the budget already.");
            page.locator("#none").press("Enter");
            assertThat(page.locator(".facts")).containsText("2,00,000 pts → none");
            pages.assertSound();
            pages.assertFits();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("There is no budget any more.");
            assertEquals(1, sent("DELETE").size());
        }
    }

    private void givenSettings(String method, int revision, Integer above) {
        given(
                "allocation",
                method + " " + TENANTS + "/{tenant_id}/settings",
                ONE + "/settings",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("revision", revision)
                        .put("time_zone", "Asia/Kolkata")
                        .putNull("previous_time_zone")
                        .put("pool_expires", new JsonObject().put("every", "12-31"))
                        .put("approve_allocations_above", above));
    }

    @Test
    void aBudgetCanRefuseAndLargeAllocationsTakeTwo() {
        givenTheTenant(tenant("active").put("monthly_budget", 500).put("on_exceed", "alert"));
        givenSettings("GET", 4, null);
        givenSettings("PUT", 5, 10_000);
        given(
                "allocation",
                "PUT " + TENANTS + "/{tenant_id}/budget",
                ONE + "/budget",
                200,
                tenant("active").put("monthly_budget", 500).put("on_exceed", "refuse"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/budget?tenant=" + TENANT);
            page.locator("#above").fill("many");
            page.locator("#above").press("Enter");
            assertThat(page.locator("#above")).isFocused();
            page.locator("#above").fill("10000");
            services.taken();
            page.locator("#above").press("Enter");
            assertThat(page.locator("#threshold-done")).isFocused();
            assertThat(page.locator("#threshold-done")).containsText("More than 10,000 pts take a second administrator.");
            ServicesStandIn.Asked settings = sent("PUT").get(0);
            assertEquals(List.of("\"4\""), settings.headers().get("if-match"));
            assertEquals(
                    new JsonObject()
                            .put("time_zone", "Asia/Kolkata")
                            .put("pool_expires", new JsonObject().put("every", "12-31"))
                            .put("approve_allocations_above", 10_000),
                    new JsonObject(settings.body()));
            pages.assertSound();
            page.locator("#on-exceed").selectOption("refuse");
            page.locator("#budget").fill("500");
            page.locator("#budget").press("Enter");
            assertThat(page.locator(".facts")).containsText("is refused");
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertEquals(
                    new JsonObject().put("monthly_budget", 500).put("on_exceed", "refuse"),
                    new JsonObject(sent("PUT").get(0).body()));
        }
    }

    @Test
    void anAllocationThatTakesTwoIsProposed() {
        String allocate = "/api/platform/allocations/allocate";
        givenTheTenant(tenant("active"));
        given(
                "allocation",
                "POST " + allocate + "/check",
                allocate + "/check",
                200,
                new JsonObject()
                        .put("balance_before", 34_150)
                        .put("balance_after", 84_150)
                        .put("currency", "KWD")
                        .put("billed_cost", "125.000")
                        .putNull("budget")
                        .putNull("expires_on")
                        .putNull("reference_used_by")
                        .put("two_people", true));
        given(
                "allocation",
                "POST " + allocate,
                allocate,
                202,
                new JsonObject()
                        .put("proposal_id", PROPOSAL)
                        .put("tenant_id", TENANT)
                        .put("kind", "allocation")
                        .put("amount", 50_000)
                        .put("reserved", 0)
                        .put("reason", "Invoice #9")
                        .put("state", "proposed"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/allocate?tenant=" + TENANT);
            page.locator("#amount").fill("50000");
            page.locator("#note").fill("Invoice #9");
            page.locator("#note").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("main")).containsText("This takes a second administrator");
            pages.assertSound();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("#done")).containsText("Another administrator has to approve it.");
            assertThat(page.locator("main a[href='/platform/proposals/" + PROPOSAL + "']")).isVisible();
            pages.assertSound();
        }
    }
}
