package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whether all books agree, whether a month's journal comes to 0, and what the lines are that they are made of. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class BooksPagesTest extends ConsolePages {
    private static final String OTHER = "550e8400-e29b-41d4-a716-446655440001";
    private static final String JOURNAL =
            "entry_id,line,account,currency,amount_minor,amount,description,period_state,batch\r\n";

    private static JsonObject reconciled(String tenant, String... kinds) {
        return new JsonObject()
                .put("tenant_id", tenant)
                .put("tenant_name", tenant.equals(TENANT) ? HOSTILE : null)
                .put("agrees", kinds.length == 0)
                .put("differences", kinds.length)
                .put("kinds", new JsonArray(List.of(kinds)))
                .put("audit", kinds.length == 0 ? "agrees" : "behind")
                .put("contiguous_version", 9007199254740991L);
    }

    private static ServicesStandIn.Reply answered(JsonObject page) {
        return new ServicesStandIn.Reply(
                200, Documented.answer("billing", "GET /api/billing/reconciliation", 200, page.encode()), Map.of());
    }

    @Test
    void financeComparesTheBooksOfAllTenants() {
        AtomicBoolean isEndless = new AtomicBoolean(true);
        services.reply("GET /api/billing/reconciliation", asked -> {
            boolean isFirst = !asked.uri().contains("cursor=next");
            JsonObject page = page(isFirst || isEndless.get() ? reconciled(TENANT) : reconciled(OTHER, "audit", "waiting"));
            return answered(isFirst || isEndless.get() ? page.put("next_cursor", "next") : page);
        });
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("finance", "/finance/reconciliation");
            assertThat(page.locator("points-list")).containsText(HOSTILE);
            assertThat(page.locator("points-list")).containsText("✓ agrees");
            pages.assertSound();
            pages.assertFits();

            page.locator("main button.primary").press("Enter");
            assertThat(page.locator("[role=status].notice")).containsText("tenants compared so far, 0 with differences.");
            page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).press("Enter");
            assertThat(page.locator("[role=status].notice")).containsText("Stopped after");
            isEndless.set(false);

            page.locator("main button.primary").press("Enter");
            assertThat(page.locator("[role=status].notice")).hasText("All 2 tenants compared, 1 with differences.");
            assertThat(page.locator("table").first())
                    .containsText("2: the audit log, waiting for an earlier movement");
            assertThat(page.locator("table").first()).containsText("one side is behind");
            assertThat(page.locator("table").first()).not().containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.locator("a[href='/finance/reconciliation/" + OTHER + "']").first().press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/reconciliation/" + OTHER);
        }
    }

    @Test
    void aJournalComesToZeroOrItSaysThatItDoesNot() throws IOException {
        String lines = JOURNAL
                + "a,1,accounts-receivable,INR,900719925474099301,9007199254740993.01,\"quoted, \"\"text\"\"\",closed,42\r\n"
                + "a,2,customer-prepayments,INR,-900719925474099301,-9007199254740993.01,=1+1,closed,42\r\n"
                + "b,1,accounts-receivable,JPY,5,5," + HOSTILE.replace("\"", "") + ",open,\r\n"
                + "b,2,customer-prepayments,JPY,-4,-4,x,open,\r\n";
        services.reply(
                "GET /api/billing/journal/2026-10.csv", asked -> new ServicesStandIn.Reply(200, lines, Map.of()));
        services.reply(
                "GET /api/billing/journal/2026-09.csv", asked -> new ServicesStandIn.Reply(200, JOURNAL, Map.of()));
        services.reply("GET /api/billing/journal/2026-08.csv", asked -> new ServicesStandIn.Reply(200, "", Map.of()));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", "/finance/journal?period=2026-10");
            assertThat(page.locator(".notice.positive")).hasText("INR: debits and credits come to 0, as they have to.");
            assertThat(page.locator(".notice.negative")).containsText("JPY: debits and credits come to");
            assertThat(page.locator("table")).containsText("₹9,00,71,99,25,47,40,993.01");
            assertThat(page.locator("table")).containsText("¥5");
            assertThat(page.locator("main")).containsText("2 lines are in no batch yet.");
            pages.assertSound();
            pages.assertFits();
            Download journal = page.waitForDownload(
                    () -> page.getByText("Journal of the month (CSV)").press("Enter"));
            assertEquals(lines, Files.readString(journal.path()));
            page.locator("[aria-label='Month before']").press("Enter");
            assertThat(page.locator(".empty")).hasText("Nothing was billed in this month.");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/journal?period=2026-09");
            page.locator("[aria-label='Month before']").press("Enter");
            assertThat(page.locator("[role=alert]")).containsText("could not be read");
        }
    }

    private static JsonObject entry(String id, String category, String credited) {
        return new JsonObject()
                .put("entry_id", id)
                .put("tenant_id", TENANT)
                .put("points", category.equals("Credit") ? -30 : 100)
                .put("unit_price", "1.00")
                .put("currency", "INR")
                .put("amount", "100.00")
                .put("occurred_at", NOW)
                .put("charge_category", category)
                .putNull("charge_class")
                .put("billing_period", "2026-11")
                .put("invoice_id", HOSTILE)
                .put("po_number", "PO-7")
                .put("credited_entry_id", credited)
                .putNull("reference")
                .put("reason", "unused");
    }

    @Test
    void entriesAreFoundByWhatTheyAreAndFromAPurchaseToItsCredits() {
        given(
                "billing",
                "GET /api/billing/entries",
                page(entry(OTHER, "Credit", AWARD), entry(AWARD, "Purchase", null)));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("finance", "/finance/entries?category=credit&order=PO-7&corrections=maybe&entry=x");
            assertThat(page.locator("table")).containsText(HOSTILE);
            assertThat(page.locator("#category")).hasValue("credit");
            assertThat(page.locator("#order")).hasValue("PO-7");
            assertThat(page.locator("#corrections")).not().isChecked();
            pages.assertSound();
            pages.assertFits();
            assertAsked("category=credit&po_number=PO-7&");

            page.locator("#corrections").check();
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/entries?category=credit&order=PO-7&corrections=true&entry=x");
            assertAsked("category=credit&corrections=true&po_number=PO-7&");
            page.locator("#invoice").fill("a&b");
            page.locator("#invoice").press("Tab");
            assertAsked("category=credit&corrections=true&invoice_id=a%26b&po_number=PO-7&");

            page.getByText("Its purchase").press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/entries?entry=" + AWARD);
            assertThat(page.locator("main")).containsText("One entry alone is shown.");
            assertThat(page.locator("#category")).hasValue("");
            assertAsked("entry_id=" + AWARD + "&");
            page.getByText("Its credits").press("Enter");
            assertThat(page.locator("main")).containsText("What credits one purchase is shown.");
            assertAsked("credited_entry_id=" + AWARD + "&");
            page.getByText("Show all entries").press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance/entries");
            assertAsked("");
        }
    }

    /** The rows that are there have been asked for so. */
    private void assertAsked(String query) {
        await().atMost(Duration.ofMinutes(1)).until(() -> services.taken().stream()
                .anyMatch(asked -> asked.uri().equals("/api/billing/entries?" + query + "limit=50")));
    }
}
