package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant's single month, as finance and an auditor see it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class MonthPagesTest extends ConsolePages {
    private static final String FINANCE = "00000000-0000-4000-8000-00000000000b";
    private static final String MONTH = "/api/billing/periods/{tenant_id}/{period}";
    private static final String STATEMENT = "/api/billing/statements/{tenant_id}/{period}";
    private static final String PAGE = "/finance/" + TENANT + "/2026-10";

    private static String of(String route) {
        return route.replace("{tenant_id}", TENANT).replace("{period}", "2026-10");
    }

    private static JsonObject month(String state, int revisions) {
        JsonArray issued = new JsonArray();
        for (int revision = 1; revision <= revisions; revision++) {
            issued.add(new JsonObject()
                    .put("revision", revision)
                    .put("closed_at", NOW)
                    .put("closed_by", MANAGER)
                    .put("sha256", "a41e".repeat(16)));
        }
        return new JsonObject()
                .put("tenant_id", TENANT)
                .put("period", "2026-10")
                .put("state", state)
                .put("statement_sha256", state.equals("closed") ? "5f0c".repeat(16) : null)
                .putNull("reopening_proposed_by")
                .putNull("reopening_lapses_at")
                .put(
                        "steps",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("action", "soft_closed")
                                        .put("reason", HOSTILE)
                                        .put("created_by", FINANCE)
                                        .put("created_at", NOW)
                                        .putNull("statement_sha256")))
                .put("revisions", issued);
    }

    private static JsonObject entry(String id, String amount) {
        return new JsonObject()
                .put("entry_id", id)
                .put("event_id", AWARD)
                .put("tenant_id", TENANT)
                .put("kind", "allocation")
                .put("points", 5000)
                .put("unit_price", "1.50")
                .put("currency", "INR")
                .put("amount_minor", 750000)
                .put("amount", amount)
                .put("pool_version", 57)
                .put("occurred_at", NOW)
                .put("recorded_at", NOW)
                .put("reference", HOSTILE)
                .putNull("reason")
                .put("line", 1)
                .put("charge_category", "Purchase")
                .put("charge_class", "Correction")
                .put("billing_period", "2026-11")
                .put("invoice_id", "Invoice #101")
                .put("proof", "/api/audit/proofs/inclusion?event_id=" + AWARD);
    }

    private static JsonObject statement(Integer revision, String total, JsonObject... entries) {
        return new JsonObject()
                .put("tenant_id", TENANT)
                .put("period", "2026-10")
                .put("state", revision == null ? "open" : "closed")
                .put("revision", revision)
                .put("tenant_name", HOSTILE)
                .put(
                        "documents",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("number", "CN-2026-000007")
                                        .put("kind", "credit_note")
                                        .put("revision", 1)
                                        .put("issued_at", NOW)
                                        .put("currency", "INR")
                                        .put("total_minor", -875000)
                                        .put("total", "-8750.00")
                                        .put("corrects", new JsonArray().add("INV-2026-000012"))))
                .put("tax_note", "No VAT is charged.")
                .put(
                        "roll_forward",
                        new JsonArray()
                                .add(rollForward("opening", "9007199254740993"))
                                .add(rollForward("awarded_from_pool", "-1330"))
                                .add(rollForward("closing", "9007199254739663")))
                .put(
                        "billed",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("currency", "INR")
                                        .put("purchases", "7500.00")
                                        .put("credits", "0.00")
                                        .put("adjustments", "0.00")
                                        .put("corrections", "0.00")
                                        .put("total", total)))
                .put(
                        "prepayments",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("currency", "INR")
                                        .put("opening", "12500.00")
                                        .put("closing", "11250.00")))
                .put("entries", new JsonArray(List.of(entries)));
    }

    private static JsonObject rollForward(String movement, String pool) {
        return new JsonObject()
                .put("movement", movement)
                .put("pool_text", pool)
                .put("in_flight_text", "0")
                .put("budgets_text", "0")
                .put("earned_text", "0")
                .put("total_text", pool);
    }

    private void givenAMonth(JsonObject month) {
        given("billing", "GET " + MONTH, of(MONTH), 200, month);
        boolean closed = month.getString("state").equals("closed");
        given("billing", "GET " + STATEMENT, of(STATEMENT), 200, statement(closed ? 2 : null, "7500.00", entry(AWARD, "7500.00")));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aMonthIsClosedAfterALookAtWhatThatDoes(int width, ColorScheme colours) throws Exception {
        givenAMonth(month("soft_closed", 1));
        services.reply(
                "GET " + of(STATEMENT) + "/spreadsheet", asked -> new ServicesStandIn.Reply(200, "section,item", Map.of()));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("finance", PAGE);
            assertThat(page.locator("h1")).containsText("October 2026, " + HOSTILE);
            assertThat(page.locator("main")).containsText("CN-2026-000007");
            // Beyond what a number of a script can hold.
            assertThat(page.locator("main")).containsText("9,00,71,99,25,47,40,993");
            page.getByText("What was done with it (1)").click();
            assertThat(page.locator(".timeline")).containsText("by you");
            pages.assertSound();
            pages.assertFits();
            assertEquals(1, page.locator("main button.primary").count());
            Download saved = page.waitForDownload(
                    () -> page.getByText("CSV for a spreadsheet").click());
            assertEquals("statement-" + TENANT + "-2026-10-spreadsheet.csv", saved.suggestedFilename());
            assertEquals("section,item", Files.readString(saved.path()));

            page.getByText("Close the month").press("Enter");
            assertThat(page.locator("#reason")).isFocused();
            assertThat(page).hasURL(Pages.CONSOLE + PAGE + "?step=close");
            assertThat(page.locator("points-month-action")).containsText("soft-closed → closed");
            assertThat(page.locator("points-month-action")).containsText("₹7,500.00");
            assertThat(page.locator("points-month-action")).containsText("as revision 2");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("Give a reason");
            assertEquals(List.of(), posts());

            given(
                    "billing",
                    "POST " + MONTH + "/close",
                    of(MONTH) + "/close",
                    409,
                    new JsonObject()
                            .put("type", "urn:points:problem:period-incomplete")
                            .put("title", "Incomplete")
                            .put("status", 409)
                            .put("detail", "Entry 613 of the pool is missing."));
            page.keyboard().type("Checked against the bank");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).containsText("Not all of the month has been heard of yet.");
            assertThat(page.locator("main")).containsText("Entry 613 of the pool is missing.");
            // What was typed is there, also after a reload.
            page.reload();
            assertThat(page.locator("#reason")).hasValue("Checked against the bank");

            given("billing", "POST " + MONTH + "/close", of(MONTH) + "/close", 200, month("closed", 2));
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#done")).containsText("October 2026 is closed.");
            assertThat(page.locator("main")).containsText("5f0c5f0c");
            assertThat(page).hasURL(Pages.CONSOLE + PAGE);
            pages.assertSound();
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(2, sent.size());
            assertEquals("{\"reason\":\"Checked against the bank\"}", sent.get(1).body());
            assertEquals(
                    2,
                    sent.stream().map(asked -> asked.headers().get("idempotency-key")).distinct().count());
        }
    }

    @Test
    void nobodyApprovesTheirOwnReopening() {
        givenAMonth(month("closed", 2).put("reopening_proposed_by", FINANCE).put("reopening_lapses_at", NOW));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", PAGE + "?step=reopen/approve");
            assertThat(page.locator("main")).containsText("A reopening was proposed by you.");
            assertThat(page.getByText("Withdraw the proposal")).isVisible();
            assertEquals(0, page.locator("points-month-action").count());
            assertEquals(0, page.getByText("Approve the reopening").count());

            // Another person's.
            given(
                    "billing",
                    "GET " + MONTH,
                    of(MONTH),
                    200,
                    month("closed", 2).put("reopening_proposed_by", MANAGER).put("reopening_lapses_at", NOW));
            given("billing", "POST " + MONTH + "/reopen/approve", of(MONTH) + "/reopen/approve", 200, month("open", 2));
            page.reload();
            assertThat(page.locator("points-month-action")).containsText("closed → open");
            assertThat(page.locator("points-month-action")).containsText("revision 3");
            pages.assertSound();
            page.locator("#reason").fill("A late invoice");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#done")).containsText("October 2026 is open again.");
            assertThat(page.locator("main button.primary")).hasText("Soft-close");
            pages.assertSound();
        }
    }

    @Test
    void revisionsStandOneBesideTheOther() {
        givenAMonth(month("closed", 2));
        String one = Documented.answer(
                "billing", "GET " + STATEMENT, 200, statement(1, "7500.01", entry(AWARD, "7500.00")).encode());
        String two = Documented.answer(
                "billing",
                "GET " + STATEMENT,
                200,
                statement(2, "15000.00", entry(AWARD, "7500.00"), entry(MANAGER, "7499.99").put("reference", "New one"))
                        .encode());
        services.reply(
                "GET " + of(STATEMENT),
                asked -> new ServicesStandIn.Reply(200, asked.uri().endsWith("revision=1") ? one : two, Map.of()));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            // An auditor sees all of it, and is offered nothing.
            Page page = pages.signIn("auditor", PAGE);
            assertThat(page.locator("#revision")).isVisible();
            page.locator("#beside").selectOption("1");
            assertThat(page).hasURL(Pages.CONSOLE + PAGE + "?beside=1");
            assertThat(page.locator("main")).containsText("Revision 1 and Revision 2");
            assertThat(page.locator("tr").filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Total, INR")))
                    .containsText("₹7,499.99");
            assertThat(page.locator("main")).containsText("Lines of \"Revision 2\" only");
            assertThat(page.getByText("New one").first()).isVisible();
            pages.assertSound();
            assertEquals(0, page.locator("main button.primary").count());
            assertEquals(0, page.getByText("Propose reopening").count());
            assertTrue(services.taken().stream().allMatch(asked -> asked.method().equals("GET")));
        }
    }

    @ParameterizedTest
    @CsvSource({"390, LIGHT"})
    void lateEntriesAreMovedAfterALookAtBothMonths(int width, ColorScheme colours) {
        givenAMonth(month("open", 1));
        String late = MONTH + "/late-entries";
        given("billing", "GET " + late, of(late), 200, page(entry(AWARD, "7500.00")));
        given(
                "billing",
                "GET " + STATEMENT,
                of(STATEMENT).replace("2026-10", "2026-11"),
                200,
                statement(null, "8000.10").put("period", "2026-11"));
        JsonObject move = new JsonObject()
                .put("tenant_id", TENANT)
                .put("period", "2026-10")
                .put(
                        "entries",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("entry_id", AWARD)
                                        .put("booked_in", "2026-11")
                                        .put("reversal_entry_id", AWARD)
                                        .put("rebooking_entry_id", AWARD)
                                        .put("points", 5000)
                                        .put("currency", "INR")
                                        .put("amount_minor", 750000)
                                        .put("amount", "7500.00")))
                .put(
                        "changes",
                        new JsonArray()
                                .add(change("2026-10", 750000, "7500.00"))
                                .add(change("2026-11", -750000, "-7500.00")))
                .put("remaining", 0);
        given("billing", "POST " + late + "/move/check", of(late) + "/move/check", 200, move);
        given("billing", "POST " + late + "/move", of(late) + "/move", 200, move);
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("finance", PAGE);
            page.locator("#late-reason").fill("The bank has it in October");
            services.taken();
            page.locator("#late-reason").press("Enter");
            assertThat(page.locator("#move")).isFocused();
            assertThat(page.locator("points-late-entries")).containsText("₹15,000.00");
            assertThat(page.locator("points-late-entries")).containsText("₹500.10");
            pages.assertSound();
            pages.assertFits();
            given("billing", "GET " + late, of(late), 200, page());
            page.keyboard().press("Enter");
            assertThat(page.locator("#moved")).containsText("1 entries were moved; 0 remain.");
            assertThat(page.locator("points-late-entries")).containsText("Nothing came late.");
            pages.assertSound();
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(List.of(of(late) + "/move/check", of(late) + "/move"), sent.stream().map(ServicesStandIn.Asked::uri).toList());
            assertEquals(
                    new JsonObject().put("reason", "The bank has it in October").put("entry_ids", new JsonArray().add(AWARD)),
                    new JsonObject(sent.get(1).body()));
        }
    }

    private static JsonObject change(String period, int minor, String amount) {
        return new JsonObject().put("period", period).put("currency", "INR").put("amount_minor", minor).put("amount", amount);
    }

    @Test
    void entriesAreFoundByTenantAndDay() {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(new JsonObject().put("tenant_id", TENANT).put("name", "Triton Energy")));
        given("billing", "GET /api/billing/entries", page(entry(AWARD, "7500.00")));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", "/finance/entries?from=2026-11-01");
            assertThat(page.locator("table")).containsText("Purchase, correction");
            assertThat(page.locator("table")).containsText("Triton Energy");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.locator("#to").fill("2026-11-28");
            page.locator("#to").press("Tab");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/entries?from=2026-11-01&to=2026-11-28");
            page.locator("points-picker input").fill("Triton");
            page.locator("vaadin-combo-box-item").first().click();
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/entries?from=2026-11-01&to=2026-11-28&tenant=" + TENANT);
            page.locator("table").waitFor();
            pages.assertSound();
            // All of the last day is among them.
            assertTrue(services.taken().stream()
                    .map(ServicesStandIn.Asked::uri)
                    .anyMatch(uri -> uri.contains("tenant_id=" + TENANT)
                            && uri.contains("from=2026-11-01T00%3A00%3A00Z")
                            && uri.contains("to=2026-11-29T00%3A00%3A00.000Z")));
            // What was chosen is there after a reload, by its name.
            page.reload();
            assertThat(page.locator("points-picker input")).hasValue("Triton Energy");
        }
    }

    @Test
    void pricesAreThereToRead() {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("name", HOSTILE)
                        .put("status", "active")
                        .put("currency", "KWD")
                        .put("price_per_point", "0.0125")
                        .put("contract_revision", 3)
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", "/finance/prices");
            assertThat(page.locator("table")).containsText("KWD 0.0125");
            assertThat(page.locator("table")).containsText("PO-7");
            page.locator("#q").fill("tri%_");
            page.locator("#q").press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/prices?q=tri%25_");
            pages.assertSound();
            pages.assertFits();
        }
    }
}
