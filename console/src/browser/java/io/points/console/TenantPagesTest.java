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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant as the platform's administrators see it: its pool, what is taken back out of it, and its contracts. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class TenantPagesTest extends ConsolePages {
    private static final String ONE = "/api/platform/tenants/" + TENANT;
    private static final String CLAWBACK = "/api/platform/allocations/clawback";
    private static final String PREVIEW = "GET /api/billing/preview/clawback";

    private void givenATenant(long balance) {
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
                        .put("balance", balance)
                        .put("pool_version", 613)
                        .put("created_at", NOW)
                        .put("contract_revision", 3)
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)
                        .put("currency_exponent", 2)
                        .putNull("monthly_budget"));
    }

    private static JsonObject movement(String kind, long amount, String note) {
        return new JsonObject()
                .put("allocation_id", AWARD)
                .put("kind", kind)
                .put("tenant_id", TENANT)
                .put("amount", amount)
                .put("currency", "INR")
                .put("price_per_point", "1.25")
                .put("reference_note", kind.equals("allocation") ? note : null)
                .put("reason", kind.equals("clawback") ? note : null)
                .put("balance_after", 34_150)
                .put("pool_version", 614)
                .put("event_id", AWARD)
                .put("created_at", NOW)
                .put("created_by", MANAGER);
    }

    private void givenContracts() {
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}/contracts",
                ONE + "/contracts",
                200,
                page(new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("contract_revision", 3)
                        .put("currency", "INR")
                        .put("currency_exponent", 2)
                        .put("price_per_point", "1.25")
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)
                        .put("created_at", NOW)
                        .put("created_by", MANAGER)));
    }

    private static JsonObject day(String day, long allocated, long debited, long closing) {
        return new JsonObject()
                .put("day", day)
                .put("allocated", allocated)
                .put("allocated_text", Long.toString(allocated))
                .put("clawed_back", 0)
                .put("clawed_back_text", "0")
                .put("debited", debited)
                .put("debited_text", Long.toString(debited))
                .put("credited", 0)
                .put("credited_text", "0")
                .put("returned", 0)
                .put("returned_text", "0")
                .put("closing_balance", closing);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aTenantsPageShowsItsPoolItsMovementsAndItsContracts(int width, ColorScheme colours) {
        givenATenant(34_150);
        givenContracts();
        given(
                "allocation",
                "GET /api/platform/allocations/stats/{tenant_id}/days",
                "/api/platform/allocations/stats/" + TENANT + "/days",
                200,
                page(day("2026-11-28", 0, 15_850, 34_150), day("2026-11-27", 50_000, 0, 50_000)));
        given(
                "allocation",
                "GET /api/platform/allocations/history/{tenant_id}",
                "/api/platform/allocations/history/" + TENANT,
                200,
                page(movement("clawback", 6_000, "Left unused"), movement("allocation", 50_000, HOSTILE)));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/tenants/" + TENANT);
            assertThat(page.locator("main h1")).hasText(HOSTILE);
            assertThat(page.locator(".pool")).containsText("34,150");
            assertThat(page.locator("figure")).containsText("34,150");
            assertThat(page.locator("main")).containsText("−6,000");
            assertThat(page.locator("main")).containsText("9,00,71,99,25,47,40,993");
            assertThat(page.locator("main")).containsText("+50,000");
            assertThat(page.locator("main")).containsText("₹1.25");
            pages.assertSound();
            pages.assertFits();
            page.locator("figure summary").press("Enter");
            assertThat(page.locator("figure table")).containsText("15,850");
            pages.assertSound();
            pages.assertFits();
            page.locator("a[href='/platform/clawback?tenant=" + TENANT + "']").press("Enter");
            assertThat(page.locator("main h1")).isFocused();
            assertThat(page.locator("#amount-hint")).containsText("34,150 pts");
            pages.assertSound();
        }
    }

    private void givenACheck(long before, long amount, String... alerts) {
        givenACheck(before, amount, false, alerts);
    }

    private void givenACheck(long before, long amount, boolean two, String... alerts) {
        JsonArray expected = new JsonArray();
        for (String kind : alerts) {
            expected.add(new JsonObject()
                    .put("kind", kind)
                    .put("figures", new JsonObject().put("balance", before - amount)));
        }
        given(
                "allocation",
                "POST " + CLAWBACK + "/check",
                CLAWBACK + "/check",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("amount", amount)
                        .put("balance_before", before)
                        .put("balance_after", before - amount)
                        .put("pool_version", 613)
                        .put("two_people", two)
                        .put("alerts", expected));
    }

    private void givenAPreview(long points, String amount, long uncovered) {
        given(
                "billing",
                PREVIEW,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("points", points)
                        .put("period", "2026-11")
                        .put(
                                "credits",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("credited_entry_id", AWARD)
                                                .put("invoice_id", HOSTILE)
                                                .put("po_number", "PO-7")
                                                .putNull("cost_centre")
                                                .put("points", points - uncovered)
                                                .put("unit_price", "1.25")
                                                .put("currency", "INR")
                                                .put("amount_minor", -750_000)
                                                .put("amount", amount)
                                                .put("charge_class", "Correction")))
                        .put("more_credits", 2)
                        .put(
                                "totals",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("currency", "INR")
                                                .put("total_minor", -750_000)
                                                .put("total", amount)))
                        .put("uncovered_points", uncovered)
                        .put("uncovered_points_text", Long.toString(uncovered))
                        .put("contiguous_version", 613));
    }

    private void givenItIsDone(long amount) {
        given(
                "allocation",
                "POST " + CLAWBACK,
                CLAWBACK,
                201,
                movement("clawback", amount, "Left unused").put("balance_after", 28_150));
    }

    private List<ServicesStandIn.Asked> clawbacks() {
        return posts().stream().filter(asked -> asked.uri().equals(CLAWBACK)).toList();
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void whatAClawbackDoesToThePoolAndToTheBillIsShownFirst(int width, ColorScheme colours) {
        givenATenant(34_150);
        givenACheck(34_150, 6_000, "pool_low");
        givenAPreview(6_000, "-7500.00", 0);
        givenItIsDone(6_000);
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/clawback?tenant=" + TENANT);
            services.taken();
            page.locator("#amount").fill("34,151");
            page.locator("#amount").press("Enter");
            assertThat(page.locator("#amount-error")).hasText("The pool holds 34,150 pts.");
            assertThat(page.locator("#reason-error")).hasText("Give a reason: it is kept with the clawback.");
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.locator("#amount").fill("6,000");
            tabTo(page, "#reason");
            page.keyboard().type("Left unused");
            page.keyboard().press("Enter");
            assertThat(page.locator(".facts")).containsText("34,150 → 28,150 pts");
            assertThat(page.locator(".facts")).containsText("−₹7,500.00");
            assertThat(page.locator("table")).containsText(HOSTILE);
            assertThat(page.locator("table")).containsText("Correction");
            assertThat(page.locator("main")).containsText("and 2 more");
            assertThat(page.locator("main")).containsText("An alert is raised: the pool is low.");
            pages.assertSound();
            pages.assertFits();
            assertEquals(List.of(), clawbacks());
            tabTo(page, "#send");
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).containsText("6,000 pts were taken back out of the pool of");
            pages.assertSound();
            List<ServicesStandIn.Asked> sent = clawbacks();
            assertEquals(1, sent.size());
            assertEquals(
                    new JsonObject()
                            .put("tenant_id", TENANT)
                            .put("amount", 6000)
                            .put("reason", "Left unused"),
                    new JsonObject(sent.get(0).body()));
        }
    }

    @Test
    void whoeverTakesMuchTypesTheTenantsName() {
        givenATenant(34_150);
        givenACheck(34_150, 34_150, "large_clawback");
        givenAPreview(34_150, "-7500.00", 28_150);
        givenItIsDone(34_150);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/clawback?tenant=" + TENANT);
            page.getByText("All of it: 34,150 pts").click();
            page.locator("#reason").fill("Left unused");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("main")).containsText("This takes 100 % of the pool");
            assertThat(page.locator("main")).containsText("28,150 pts were not billed");
            page.locator("#send").click();
            assertThat(page.locator("#name")).isFocused();
            assertThat(page.locator("#name-error")).hasText("This is not the tenant's name.");
            assertEquals(List.of(), clawbacks());
            pages.assertSound();
            page.locator("#name").fill(HOSTILE);
            page.locator("#send").click();
            assertThat(page.locator("#done")).containsText("34,150 pts were taken back");
            assertEquals(1, clawbacks().size());
        }
    }

    @Test
    void thatSomebodyElseMustAgreeIsSaidBefore() {
        givenATenant(34_150);
        givenACheck(34_150, 30_000, true);
        givenAPreview(30_000, "-7500.00", 0);
        given("allocation", "POST " + CLAWBACK, CLAWBACK, 202, ProposalPagesTest.proposal("proposed", MANAGER));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/clawback?tenant=" + TENANT);
            page.locator("#amount").fill("30000");
            page.locator("#reason").fill("Invoice unpaid");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("main")).containsText("Another administrator has to agree to this.");
            assertThat(page.locator("#name")).hasCount(0);
            assertThat(page.locator("#send")).hasText("Propose to take back 30,000 pts");
            pages.assertSound();
            pages.assertFits();
            page.locator("#send").click();
            assertThat(page.locator("#done")).containsText("30,000 pts are out of the pool of");
            assertThat(page.locator("main a[href='/platform/proposals/" + AWARD + "']")).isVisible();
            pages.assertSound();
            assertEquals(1, clawbacks().size());
        }
    }

    @Test
    void whatCannotBeToldInAdvanceIsSaid() {
        givenATenant(34_150);
        givenACheck(34_150, 10);
        services.reply(PREVIEW, asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/clawback?tenant=" + TENANT);
            page.locator("#amount").fill("10");
            page.locator("#reason").fill("Left unused");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("main")).containsText("What will be credited could not be read.");
            assertThat(page.locator("#send")).isEnabled();
            pages.assertSound();
            pages.assertFits();
            page.getByText("Back", new Page.GetByTextOptions().setExact(true)).click();
            services.reply(
                    "POST " + CLAWBACK + "/check",
                    asked -> new ServicesStandIn.Reply(
                            409,
                            Documented.answer(
                                    "allocation",
                                    "POST " + CLAWBACK + "/check",
                                    409,
                                    new JsonObject()
                                            .put("type", "urn:points:problem:insufficient-pool-balance")
                                            .put("title", "The pool does not hold that many points")
                                            .put("status", 409)
                                            .put("detail", "The pool holds 5 points.")
                                            .put("balance", 5)
                                            .encode()),
                            Map.of()));
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#refusal")).containsText("The pool holds fewer points than this needs.");
            assertThat(page.locator("#send")).hasCount(0);
            assertThat(page.locator("#reason")).hasValue("Left unused");
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aPriceIsChangedFromADayOn(int width, ColorScheme colours) {
        givenATenant(34_150);
        givenContracts();
        given(
                "allocation",
                "PUT /api/platform/tenants/{tenant_id}/contract",
                ONE + "/contract",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("contract_revision", 4)
                        .put("currency", "INR")
                        .put("currency_exponent", 2)
                        .put("price_per_point", "1.5")
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", "2999-01-01T00:00:00Z")
                        .put("created_at", NOW)
                        .put("created_by", MANAGER));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/contract?tenant=" + TENANT);
            page.locator("#check").press("Enter");
            assertThat(page.locator("main")).containsText("Nothing is different from the contract of today.");
            page.locator("#price").fill("1,5");
            page.locator("#from").fill("2020-01-01");
            page.locator("#check").press("Enter");
            assertThat(page.locator("#price-error")).containsText("Give a price");
            assertThat(page.locator("#from-error")).containsText("This day has begun.");
            assertThat(page.locator("#price")).isFocused();
            pages.assertSound();
            pages.assertFits();
            page.locator("#price").fill("1.5");
            page.locator("#from").fill("2999-01-01");
            page.locator("#check").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("₹1.25 → ₹1.5");
            assertThat(page.locator("main")).containsText("1,000 points: ₹1,500.00");
            assertThat(page.locator(".facts")).containsText("1 Jan 2999");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("Contract 4 has been made.");
            pages.assertSound();
            ServicesStandIn.Asked put = services.taken().stream()
                    .filter(asked -> asked.method().equals("PUT"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    new JsonObject()
                            .put("price_per_point", "1.5")
                            .put("currency", "INR")
                            .put("po_number", "PO-7")
                            .putNull("cost_centre")
                            .put("valid_from", "2999-01-01T00:00:00.000Z"),
                    new JsonObject(put.body()));
        }
    }
}
