package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.entry.LateEntry;
import io.points.billing.entry.LateEntryMove;
import io.points.billing.period.LateEntryService.Outcome;
import io.points.billing.period.Periods.Month;
import io.points.platform.web.input.StrictJson;
import io.points.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The late entry that docs/billing.md tells of, as the service moves it. */
class DocumentedLateEntriesTest {

    private static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final Period JANUARY = Period.parse("2026-01");
    private static final UUID ENTRY = UUID.fromString("019bb1d8-b980-7c11-a2f4-5d1f5d0c1f23");

    private static final LateEntryMove MOVE =
            new LateEntryMove(JANUARY, List.of(new LateEntry(entry(Price.of("1.50", "INR")), null)));

    @Test
    void theAnswerIsDocumented() throws IOException {
        var json = new ObjectMapper();
        new StrictJson().customize(json);
        var view = LateEntryMoveView.of(new Month(TENANT, JANUARY), new Outcome(MOVE, 0));

        assertEquals(
                json.valueToTree(view).toString(), json.readTree(documented()).toString());
    }

    @Test
    void theTwoEntriesAreDocumented() throws IOException {
        var table = section();
        for (var booking : MOVE.bookings()) {
            var entry = MOVE.entries().get(0).entry();
            var sign = booking.isReversal() ? "-" : "";
            var row = "| its %s | %s | %s5,000 | %s7,500.00 | %s | `%s` |"
                    .formatted(
                            booking.isReversal() ? "reversal" : "rebooking",
                            booking.isReversal() ? entry.billingPeriod() : MOVE.to(),
                            sign,
                            sign,
                            booking.chargeClass() == null ? "" : "`" + booking.chargeClass() + "`",
                            booking.isReversal() ? "x_reversed_entry_id" : "x_rebooked_entry_id");
            assertTrue(table.contains(row.replace("|  |", "| |")), row);
        }
    }

    private static String documented() throws IOException {
        var block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(section());
        assertTrue(block.find(), "there is an example");
        return block.group(1);
    }

    private static String section() throws IOException {
        var document = Files.readString(Checkout.file("docs/billing.md"));
        var from = document.indexOf("### Late entries");
        return document.substring(from, document.indexOf("\n**", from));
    }

    private static EntryView entry(Price price) {
        var amount = price.amountMinor(5_000);
        return new EntryView(
                ENTRY,
                UUID.fromString("019bb1d8-b980-7c11-a2f4-5d1f5d0c1e22"),
                TENANT,
                "allocation",
                5_000,
                price.perPoint().toPlainString(),
                price.currency().code(),
                amount,
                Price.major(amount, price.currency()).toPlainString(),
                42,
                Instant.parse("2026-01-31T22:30:00Z"),
                Instant.parse("2026-02-03T08:00:00Z"),
                "Invoice #101",
                null,
                "00000000-0000-4000-8000-00000000000a",
                1,
                "Purchase",
                "Correction",
                "2026-02",
                "Invoice #101",
                null,
                null,
                null,
                EntryView.proofOf(ENTRY),
                null,
                null,
                null);
    }
}
