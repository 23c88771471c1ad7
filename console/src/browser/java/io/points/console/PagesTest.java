package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser, with a real Keycloak and answers as the services document them. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class PagesTest extends ConsolePages {
    private void givenAPool(long balance) {
        givenToGive("pool", "good", balance);
        given(
                "distribution",
                "GET /api/allocations/pool",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("balance", balance)
                        .put("version", 613)
                        .put("status", "active")
                        .put("as_of", NOW));
        given(
                "distribution",
                "GET /api/feed",
                page(new JsonObject()
                        .put("feed_id", "019ac0de-5a1f-7c3e-9b1d-3f2e1d0c9b8a")
                        .put("kind", "recognition")
                        .put("audience", "tenant")
                        .put("actor_id", MANAGER)
                        .put("receiver_id", ASHA)
                        .put("amount", 1000)
                        .put("message", HOSTILE)
                        .put("value", "ownership")
                        .put("distribution_id", AWARD)
                        .put("occurred_at", NOW))
                        .put(
                                "people",
                                new JsonObject()
                                        .put(ASHA, new JsonObject().put("display_name", "Asha Rao").put("active", true))));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anEmployeeSeesWhatIsTheirs(int width, ColorScheme colours) {
        given(
                "distribution",
                "GET /api/wallets/me",
                new JsonObject()
                        .put("user_id", ASHA)
                        .put("budget", new JsonObject().put("balance", 0).put("entry_number", 0))
                        .put("earned", new JsonObject().put("balance", 1234567).put("entry_number", 2))
                        .put("earned_this_month", 1000)
                        .put(
                                "expiring",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("expires_on", "2027-02-26")
                                                .put("points", 120)
                                                .put("points_text", "120")))
                        .put("earned_until", "2027-03-31")
                        .put(
                                "entries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("wallet", "earned")
                                                .put("entry_number", 2)
                                                .put("amount", 1000)
                                                .put("balance_after", 1234567)
                                                .put("distribution_id", AWARD)
                                                .put("occurred_at", NOW)))
                        .putNull("next_cursor"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-employee-a", "/me");
            assertThat(page.locator("main")).containsText("12,34,567");
            assertThat(page.locator("table").last()).containsText("+1,000");
            assertThat(page.locator("table").first()).containsText("26 Feb 2027");
            assertThat(page.locator("main .notice")).containsText("you can use what you have earned until 31 Mar 2027");
            assertEquals("My points · Points", page.title());
            assertThat(page.locator("header nav")).not().containsText("Tenants");
            pages.assertSound();
            pages.assertFits();

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Feed")).click();
            assertThat(page.locator("main")).containsText("Nobody has been recognised yet.");
            pages.assertSound();
            // Another role's page is not there, and no service is asked for it.
            services.taken();
            page.navigate(Pages.CONSOLE + "/platform/tenants");
            assertThat(page.locator("main")).containsText("There is no such page");
            assertEquals(List.of(), services.taken());
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void aManagerSeesThePoolAndTextsOfOthersAreText(int width, ColorScheme colours) {
        givenAPool(34_150);
        given(
                "distribution",
                "GET /api/allocations/distributions/{id}",
                "/api/allocations/distributions/" + AWARD,
                200,
                distribution("COMPLETED")
                        .put(
                                "people",
                                new JsonObject()
                                        .put(
                                                ASHA,
                                                new JsonObject()
                                                        .put("display_name", HOSTILE)
                                                        .put("active", true))));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team");
            assertThat(page.locator(".pool")).containsText("34,150");
            assertThat(page.locator(".feed")).containsText("Somebody recognised Asha Rao: 1,000 pts");
            assertThat(page.locator("blockquote")).hasText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.getByText("Details").first().click();
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            assertThat(page.locator(".timeline")).containsText("Arrived");
            assertThat(page.locator("main h1")).isFocused();
            pages.assertSound();
        }
    }

    private void fillInAnAward(Page page) {
        tabTo(page, "vaadin-combo-box input");
        page.keyboard().type("as");
        assertThat(page.locator("vaadin-combo-box-item")).hasText("Asha Rao");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        tabTo(page, "#message");
        page.keyboard().type("Outstanding Q1");
        tabTo(page, "#amount");
        page.keyboard().type("1,000");
        assertThat(page.locator("#after")).containsText("34,150 → 33,150 pts");
        page.keyboard().press("Enter");
        assertThat(page.locator("#send")).isFocused();
    }

    @Test
    void anAwardIsGivenByKeyboardAloneAndSentOnce() {
        givenAPool(34_150);
        givenSomebodyToThank();
        given("distribution", "POST /api/recognitions", "/api/recognitions", 201, distribution("COMPLETED"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/award");
            pages.assertSound();
            tabTo(page, "form button[type=submit]");
            page.keyboard().press("Enter");
            assertThat(page.locator("#faults")).isFocused();
            assertThat(page.locator("main")).containsText("Say what it is for.");
            pages.assertSound();
            page.reload();
            page.locator("main h1").waitFor();
            fillInAnAward(page);
            pages.assertSound();
            services.taken();
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("1,000 pts have arrived with Asha Rao.");
            pages.assertSound();
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(1, sent.size());
            assertEquals(
                    new JsonObject()
                            .put("to_user_id", ASHA)
                            .put("amount", 1000)
                            .put("message", "Outstanding Q1")
                            .put("visibility", "public"),
                    new JsonObject(sent.get(0).body()));
            assertEquals(List.of("wait=8"), sent.get(0).headers().get("prefer"));
        }
    }

    @Test
    void whatNobodyKnowsIsAskedAgainUnderTheSameKeyAndWhatIsRefusedUnderAnother() {
        givenAPool(34_150);
        givenSomebodyToThank();
        String refusal = Documented.answer(
                "distribution",
                "POST /api/recognitions",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:insufficient-pool-balance")
                        .put("title", "The pool does not hold that many points")
                        .put("status", 409)
                        .put("detail", "The pool holds 10 points.")
                        .put("reason", "INSUFFICIENT_POOL_BALANCE")
                        .put("state", "REJECTED")
                        .put("distribution_id", AWARD)
                        .put("balance", 10)
                        .encode());
        AtomicInteger times = new AtomicInteger();
        services.reply("POST /api/recognitions", asked -> switch (times.incrementAndGet()) {
            case 1, 2, 3 -> new ServicesStandIn.Reply(503, "{\"status\":503}", Map.of("Retry-After", "1"));
            case 4 -> new ServicesStandIn.Reply(409, refusal, Map.of());
            default -> new ServicesStandIn.Reply(202, "{\"distribution_id\":\"" + AWARD + "\"}", Map.of());
        });
        String looked = "GET /api/allocations/distributions/{id}";
        given("distribution", looked, "/api/allocations/distributions/" + AWARD, 200, distribution("REQUESTED"));
        try (Pages pages = Pages.withAClock(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/award");
            fillInAnAward(page);
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("We do not know yet");
            pages.skipUntil(() -> times.get() == 3);
            assertThat(page.locator("main")).containsText("We still do not know");
            pages.assertSound();
            page.getByText("Check again").click();
            assertThat(page.locator("#refusal")).containsText("The pool does not hold that many points. No points were moved.");
            assertThat(page.locator("#message")).hasValue("Outstanding Q1");
            pages.assertSound();
            page.getByText("Review").click();
            page.locator("#send").click();
            assertThat(page.locator("points-pending")).containsText("Asked the pool");
            pages.assertSound();
            given("distribution", looked, "/api/allocations/distributions/" + AWARD, 200, distribution("CANCELLING"));
            pages.skipUntil(() -> page.getByText("Being undone").count() > 0);
            given("distribution", looked, "/api/allocations/distributions/" + AWARD, 200, distribution("CANCELLED"));
            services.events().changed("{\"distributions\":\"2\"}");
            assertThat(page.locator("points-pending")).containsText("Cancelled: no points were moved");
            List<String> keys = new ArrayList<>();
            posts().forEach(asked -> keys.addAll(asked.headers().get("idempotency-key")));
            assertEquals(5, keys.size());
            assertEquals(1, keys.subList(0, 4).stream().distinct().count());
            assertFalse(keys.subList(0, 4).contains(keys.get(4)));
        }
    }

    @Test
    void whoIsSignedOutMeanwhileLosesNothing() {
        givenAPool(34_150);
        givenSomebodyToThank();
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/award");
            fillInAnAward(page);
            services.taken();
            pages.context().clearCookies();
            page.keyboard().press("Enter");
            assertThat(page.locator(".banner")).containsText("You were signed out. Your entries are kept.");
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.getByText("Sign in again").click();
            page.locator("#username").fill("triton-manager");
            page.locator("#password").fill("demo");
            page.locator("#password").press("Enter");
            page.waitForURL(Pages.CONSOLE + "/team/award");
            assertThat(page.locator("main")).containsText("Outstanding Q1");
            assertThat(page.locator("#send")).containsText("Award 1,000 pts to Asha Rao");
        }
    }

    private static JsonObject tenant() {
        return new JsonObject()
                .put("tenant_id", TENANT)
                .put("name", HOSTILE)
                .put("status", "active")
                .put("currency", "INR")
                .put("price_per_point", "1.005")
                .put("balance", 34150)
                .put("pool_version", 613)
                .put("created_at", NOW)
                .put("contract_revision", 3)
                .putNull("po_number")
                .putNull("cost_centre")
                .put("valid_from", NOW)
                .put("currency_exponent", 2)
                .putNull("monthly_budget");
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anAdministratorAllocatesPointsAndSeesFirstWhatWillBeBilled(int width, ColorScheme colours) {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(tenant()
                        .put("distributed_30d", 900)
                        .put("distributed_30d_text", "900")
                        .put("distribution_rate_30d", "30.0")
                        .put("runway_days", 1138)
                        .put("allocated_this_month", 0)
                        .put("allocated_this_month_text", "0")
                        .putNull("last_allocation")
                        .put("open_alerts", 2)));
        given("allocation", "GET /api/platform/tenants/{tenant_id}", "/api/platform/tenants/" + TENANT, 200, tenant());
        given(
                "allocation",
                "POST /api/platform/allocations/allocate/check",
                "/api/platform/allocations/allocate/check",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("amount", 50001)
                        .put("balance_before", 34150)
                        .put("balance_after", 84151)
                        .put("currency", "INR")
                        .put("billed_cost", "50251.00")
                        .put(
                                "budget",
                                new JsonObject()
                                        .put("monthly_budget", 60000)
                                        .put("allocated_in_month", 72001)
                                        .put("allocated_in_month_text", "72001")
                                        .put("exceeded", true)
                                        .put("on_exceed", "alert"))
                        .put(
                                "reference_used_by",
                                new JsonObject()
                                        .put("allocation_id", AWARD)
                                        .put("amount", 22000)
                                        .put("created_at", NOW)));
        given(
                "allocation",
                "POST /api/platform/allocations/allocate",
                "/api/platform/allocations/allocate",
                201,
                new JsonObject()
                        .put("allocation_id", AWARD)
                        .put("kind", "allocation")
                        .put("tenant_id", TENANT)
                        .put("amount", 50001)
                        .put("currency", "INR")
                        .put("price_per_point", "1.005")
                        .put("reference_note", "Invoice #124")
                        .putNull("reason")
                        .put("balance_after", 84151)
                        .put("pool_version", 614)
                        .put("event_id", AWARD)
                        .put("created_at", NOW)
                        .put("created_by", MANAGER));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/tenants");
            assertThat(page.locator("table")).containsText("34,150");
            pages.assertSound();
            pages.assertFits();
            assertThat(page.locator("table")).containsText("1,138 days");
            page.locator("#sort").selectOption("runway");
            assertThat(page).hasURL(Pages.CONSOLE + "/platform/tenants?sort=runway");
            page.locator("table a[href^='/platform/allocate']").first().click();
            page.locator("#amount").fill("50001");
            page.locator("#note").fill("Invoice #124");
            // 50,001 × 1.005 = 50,251.005: half a paisa goes to the even one.
            assertThat(page.locator("#amount-facts")).containsText("₹50,251.00");
            pages.assertSound();
            pages.assertFits();
            page.getByText("Review").click();
            assertThat(page.locator("main")).containsText("34,150 → 84,151 pts");
            assertThat(page.locator("main")).containsText("72,001 of 60,000 this month, with this");
            assertThat(page.locator("main")).containsText("This leads beyond the month's budget.");
            assertThat(page.locator("main")).containsText("This reference was used before: 22,000 pts, 28 Nov 2026");
            pages.assertSound();
            services.taken();
            page.locator("#send").click();
            assertThat(page.locator("main")).containsText("50,001 pts are in the pool of");
            pages.assertSound();
            assertEquals(
                    new JsonObject()
                            .put("tenant_id", TENANT)
                            .put("amount", 50001)
                            .put("currency", "INR")
                            .put("reference_note", "Invoice #124"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void anAuditorSeesWhatIsRecorded() {
        given(
                "audit",
                "GET /api/audit/conservation/{tenant_id}",
                "/api/audit/conservation/" + TENANT,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("as_of", NOW)
                        .put("cut", new JsonObject().put("tree_size", 10).put("sealed_at", NOW).put("stale_seconds", 0))
                        .put("allocated", 50000)
                        .put("clawed_back", 0)
                        .put("pool", 40000)
                        .put("in_flight", 0)
                        .put("budget_wallets", 9000)
                        .put("earned_wallets", 1000)
                        .put("balanced", true)
                        .put("newest", new JsonObject().put("tree_size", 10).put("credited_early", 0).put("missing_pool_entries", 0))
                        .put("allocated_text", "50000")
                        .put("budget_wallets_text", "9000")
                        .put("clawed_back_text", "0")
                        .put("earned_wallets_text", "1000")
                        .put("reserved_text", "0")
                        .put("expired_text", "0")
                        .put("in_flight_text", "0")
                        .put("pool_text", "40000"));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("auditor", "/audit/records");
            assertThat(page.locator("main")).containsText("Nothing has been recorded.");
            page.locator("#tenant").fill("nonsense");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("A tenant id has 36 characters.");
            pages.assertSound();
            page.navigate(Pages.CONSOLE + "/audit/conservation/" + TENANT);
            assertThat(page.locator("main")).containsText("The books balance");
            assertThat(page.locator(".equation")).containsText("50,000");
            pages.assertSound();
        }
    }

    private static JsonObject closing(String state, int left) {
        return new JsonObject()
                .put("closing_id", AWARD)
                .put("period", "2026-10")
                .put("reason", "Month end")
                .put("soft_close", true)
                .put("created_by", MANAGER)
                .put("created_at", NOW)
                .put("state", state)
                .put(
                        "counts",
                        new JsonObject()
                                .put("tenants", 3)
                                .put("left", left)
                                .put("closed", 2 - left)
                                .put("already_closed", 0)
                                .put("refused", new JsonObject().put("earlier-period-open", 1))
                                .put("failed", 0));
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void financeClosesWhatCanBeClosedAndSeesWhatStandsInTheWay(int width, ColorScheme colours) {
        String board = "GET /api/billing/periods";
        String summary = "GET /api/billing/periods/summary";
        String oneClosing = "/api/billing/closings/" + AWARD;
        services.reply(board, asked -> new ServicesStandIn.Reply(200, boardOfAMonth(), Map.of()));
        given(
                "billing",
                summary,
                new JsonObject()
                        .put("period", "2026-10")
                        .put("tenants", 3)
                        .put("closable", 2)
                        .put("states", new JsonObject().put("open", 3).put("soft_closed", 0).put("closed", 0))
                        .put("obstacles", new JsonObject().put("earlier-period-open", 1))
                        .put("disagreeing", 0));
        given("billing", "POST /api/billing/closings", "/api/billing/closings", 202, closing("running", 1));
        given("billing", "GET /api/billing/closings/{id}", oneClosing, 200, closing("running", 1));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("finance", "/finance?period=2026-10");
            assertThat(page.locator("main")).containsText("October 2026 (UTC)");
            assertThat(page.locator("table")).containsText("₹50,000.00");
            assertThat(page.locator("table")).containsText("An earlier month is still open.");
            pages.assertSound();
            pages.assertFits();
            page.getByText("Close all that can be closed").press("Enter");
            assertThat(page.locator("#reason")).isFocused();
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("Give a reason");
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.keyboard().type("Month end");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("1 closed, 1 refused, 1 left");
            pages.assertSound();
            given("billing", "GET /api/billing/closings/{id}", oneClosing, 200, closing("finished", 0));
            assertThat(page.locator("main")).containsText("Done: 2 closed, 1 refused.");
            assertEquals(
                    new JsonObject().put("period", "2026-10").put("reason", "Month end").put("soft_close", true),
                    new JsonObject(posts().get(0).body()));
        }
    }

    private static String boardOfAMonth() {
        return Documented.answer(
                "billing",
                "GET /api/billing/periods",
                200,
                page(new JsonObject()
                                .put("tenant_id", TENANT)
                                .put("tenant_name", HOSTILE)
                                .put("period", "2026-10")
                                .put("state", "open")
                                .put(
                                        "totals",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("currency", "INR")
                                                        .put("total_minor", 5000000)
                                                        .put("total", "50000.00")))
                                .put(
                                        "points",
                                        new JsonObject()
                                                .put("counted", 50000)
                                                .put("billed", 50000)
                                                .put("agree", true)
                                                .put("billed_text", "50000")
                                                .put("counted_text", "50000"))
                                .put(
                                        "obstacles",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("type", "urn:points:problem:earlier-period-open")
                                                        .put("title", "An earlier month is open")
                                                        .put("detail", "2026-09 is open."))))
                        .encode());
    }

    @Test
    void whatCannotBeReadIsNotTakenForEmpty() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            services.reply("GET /api/billing/periods", asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
            Page page = pages.signIn("finance", "/finance");
            assertThat(page.locator("main")).containsText("This could not be read");
            assertThat(page.locator("main")).not().containsText("No tenant has this month.");
            pages.assertSound();
            assertTrue(page.url().endsWith("/finance"));
        }
    }
}
