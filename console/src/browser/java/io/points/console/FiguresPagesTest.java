package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures with their sentence and their table, and what is printed. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class FiguresPagesTest extends ConsolePages {
    private static JsonObject day(String day, long allocated, long closing) {
        return new JsonObject()
                .put("day", day)
                .put("allocated", allocated)
                .put("clawed_back", 0)
                .put("debited", 100)
                .put("credited", 0)
                .put("returned", 0)
                .put("closing_balance", closing)
                .put("allocated_text", Long.toString(allocated))
                .put("clawed_back_text", "0")
                .put("debited_text", "100")
                .put("credited_text", "0")
                .put("returned_text", "0");
    }

    @Test
    void aManagerSeesHowThePoolWentDown() {
        given(
                "distribution",
                "GET /api/allocations/pool",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("balance", 200000)
                        .put("version", 613)
                        .put("status", "active")
                        .put("as_of", NOW));
        // As the service lists them: the newest first.
        given(
                "allocation",
                "GET /api/allocations/stats/days",
                page(day("2026-11-28", 150000, 200000), day("2026-11-27", 0, 50000), day("2026-11-26", 0, 123456)));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team");
            assertThat(page.locator("figcaption"))
                    .containsText("From 1,23,456 at the end of 26 Nov 2026 to 2,00,000 at the end of 28 Nov 2026; the least was 50,000 on 27 Nov 2026."
                            + " Days on which points were allocated: 1.");
            // The highest at the top, the oldest at the left, and the day of the allocation marked.
            assertThat(page.locator("polyline")).hasAttribute("points", "0.0,76.5 500.0,150.0 1000.0,0.0");
            assertThat(page.locator("line.mark")).hasAttribute("x1", "1000");
            pages.assertSound();
            pages.assertFits();
            page.locator("figure summary").press("Enter");
            assertThat(page.locator("figure table")).containsText("1,50,000");
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void whoHasNoDaysSeesNoFigure() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team");
            assertThat(page.locator("points-pool-days")).containsText("The pool has no days yet.");
            assertEquals(0, page.locator("figure").count());
        }
    }

    private static JsonObject line(String movement, String earned, String total) {
        return new JsonObject()
                .put("movement", movement)
                .put("pool_text", "0")
                .put("in_flight_text", "0")
                .put("budgets_text", "0")
                .put("earned_text", earned)
                .put("total_text", total);
    }

    private static String statement(String period) {
        boolean before = period.compareTo("2026-07") < 0;
        return Documented.answer(
                "billing",
                "GET /api/billing/statements/{tenant_id}/{period}",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("period", period)
                        .put("state", before ? "before_tenant" : "open")
                        .put("tenant_name", "Triton Energy")
                        .put("documents", new JsonArray())
                        .put(
                                "roll_forward",
                                new JsonArray()
                                        .add(line("allocated", "0", "5000"))
                                        .add(line("clawed_back", "0", "-1000"))
                                        .add(line("awarded_from_pool", period.equals("2026-09") ? "800" : "100", "0"))
                                        .add(line("awarded_from_budget", "11", "0"))
                                        .add(line("closing", "900", "9000")))
                        .put("billed", new JsonArray())
                        .put("prepayments", new JsonArray())
                        .put("entries", new JsonArray())
                        .encode());
    }

    @Test
    void aStatementIsPrintedWithoutWhatIsForTheScreen() {
        String month = "/api/billing/periods/{tenant_id}/{period}";
        given(
                "billing",
                "GET " + month,
                month.replace("{tenant_id}", TENANT).replace("{period}", "2026-10"),
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("period", "2026-10")
                        .put("state", "open")
                        .putNull("statement_sha256")
                        .putNull("reopening_proposed_by")
                        .putNull("reopening_lapses_at")
                        .put("steps", new JsonArray())
                        .put("revisions", new JsonArray()));
        for (String period : List.of("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")) {
            String json = statement(period);
            services.reply(
                    "GET /api/billing/statements/" + TENANT + "/" + period,
                    asked -> new ServicesStandIn.Reply(200, json, Map.of()));
        }
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("finance", "/finance/" + TENANT + "/2026-10");
            page.getByText("Show the last 6 months as a figure").click();
            assertThat(page.locator("figcaption"))
                    .containsText("In October 2026 111 points were awarded to employees; the most were 811, in September 2026.");
            // Two of the six were before the tenant was there.
            assertThat(page.locator("rect.column")).hasCount(4);
            pages.assertSound();
            page.locator("figure summary").click();
            assertThat(page.locator("figure table")).containsText("8,100");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("header.bar")).isHidden();
            assertThat(page.getByText("CSV for programs")).isHidden();
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator("footer")).containsText("Printed by finance on ");
            assertThat(page.locator("footer")).containsText("/finance/" + TENANT + "/2026-10");
            // On paper it is light, whatever the screen is.
            assertThat(page.locator("body")).hasCSS("color", "rgb(27, 28, 34)");
            assertThat(page.locator(".scroll").first()).hasCSS("overflow-x", "visible");
            byte[] paper = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
            assertTrue(new String(paper, 0, 5, StandardCharsets.ISO_8859_1).equals("%PDF-"));
            assertTrue(paper.length > 10_000, paper.length + " bytes");
        }
    }
}
