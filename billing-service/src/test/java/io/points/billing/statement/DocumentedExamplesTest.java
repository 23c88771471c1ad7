package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument;
import io.points.billing.invoice.Issuer;
import io.points.testing.Checkout;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/billing.md shows is what the service writes. */
class DocumentedExamplesTest {

    private static final Path DOCUMENT = Checkout.file("docs/billing.md");
    private static final UUID OLD_PURCHASE = UUID.fromString("019b0779-3400-7a3e-8c53-0f6f1c9d7a10");
    private static final UUID NEW_PURCHASE = UUID.fromString("019bb1d8-b980-7c11-a2f4-5d1f5d0c1e22");
    private static final UUID CLAWBACK = UUID.fromString("019bdac5-5f40-7b0d-9e38-6d2b7f3a4c33");

    private static final List<EntryView> ENTRIES = List.of(
            entry(NEW_PURCHASE, 1, "Purchase", null, 5_000, "1.50", "Invoice #101", "Invoice #101", null),
            entry(CLAWBACK, 1, "Credit", null, -5_000, "1.50", "Invoice #101", "campaign cancelled", NEW_PURCHASE),
            entry(
                    CLAWBACK,
                    2,
                    "Credit",
                    "Correction",
                    -1_000,
                    "1.25",
                    "Invoice #100",
                    "campaign cancelled",
                    OLD_PURCHASE));

    private static final UUID ACCOUNTANT = UUID.fromString("00000000-0000-4000-8000-00000000000b");

    private static final Revision FIRST =
            new Revision(1, Instant.parse("2026-02-02T09:12:44.103912Z"), ACCOUNTANT, "a41e…");

    private static final Statement STATEMENT = Statement.of(
                    Examples.TENANT,
                    Period.parse(Examples.PERIOD),
                    "closed",
                    Map.of(
                            Flow.ALLOCATED, 10_000L,
                            Flow.DISTRIBUTED, 4_000L,
                            Flow.DELEGATED, 1_500L,
                            Flow.AWARDED_FROM_POOL, 2_440L),
                    Map.of(
                            Flow.ALLOCATED, 5_000L,
                            Flow.CLAWED_BACK, 6_000L,
                            Flow.DISTRIBUTED, 2_000L,
                            Flow.REFUNDED, 100L,
                            Flow.RETURNED, 200L,
                            Flow.DELEGATED, 600L,
                            Flow.AWARDED_FROM_POOL, 1_330L,
                            Flow.AWARDED_FROM_BUDGET, 900L,
                            Flow.BUDGET_RETURNED, 250L),
                    ENTRIES)
            .with(
                    "Triton Energy",
                    new Issuer("Points Platform Ltd", "1 Market Street, Mumbai 400001", "27AAAAA0000A1Z5"),
                    Statement.NO_TAX,
                    List.of(Prepayment.of("INR", BigInteger.valueOf(1_250_000), BigInteger.valueOf(1_125_000))))
            .closed(
                    Closing.after(List.of(FIRST), Instant.parse("2026-02-04T16:30:05.771204Z"), ACCOUNTANT),
                    List.of(
                            document("INV-2026-000041", "invoice", 750_000),
                            document("CN-2026-000007", "credit_note", -875_000, "INV-2026-000012", "INV-2026-000041")));

    @Test
    void theStatementIsDocumented() throws IOException {
        assertDocumented("statement.csv", StatementCsv.of(STATEMENT, "5f0c…", CsvReader.PROGRAM));
    }

    @Test
    void theJournalIsDocumented() throws IOException {
        assertDocumented("journal.csv", batch().csv());
    }

    /** The month's entries as a batch of the journal. */
    static NewBatch batch() {
        var accounts = new Journal.Accounts(Journal.RECEIVABLE, Journal.PREPAYMENTS);
        return NewBatch.of(
                42,
                ENTRIES.stream()
                        .map(it -> new Journal.Booking(it, accounts, "closed", null))
                        .toList());
    }

    /** What is missing is left in {@code target}, to be copied from there. */
    private static void assertDocumented(String name, String csv) throws IOException {
        var text = csv.replace("\r\n", "\n");
        var written = Files.writeString(Path.of("target", "documented-" + name), text);
        assertTrue(Files.readString(DOCUMENT).contains(text), DOCUMENT + " should show what stands in " + written);
    }

    private static BillingDocument document(String number, String kind, long totalMinor, String... corrects) {
        var total = BigInteger.valueOf(totalMinor);
        return new BillingDocument(
                number,
                kind,
                1,
                FIRST.closedAt(),
                "INR",
                total,
                Price.major(total, Price.currency("INR")).toPlainString(),
                List.of(corrects));
    }

    private static EntryView entry(
            UUID event,
            int line,
            String category,
            @Nullable String chargeClass,
            long points,
            String price,
            String invoice,
            String description,
            @Nullable UUID credited) {
        var priced = Price.of(price, "INR");
        var amount = priced.amountMinor(points);
        var isPurchase = category.equals("Purchase");
        var id = new UUID(event.getMostSignificantBits(), event.getLeastSignificantBits() + 0x100 + line);
        return new EntryView(
                id,
                event,
                Examples.TENANT,
                isPurchase ? "allocation" : "clawback",
                points,
                price,
                "INR",
                amount,
                Price.major(amount, priced.currency()).toPlainString(),
                isPurchase ? 42 : 57,
                Instant.parse(isPurchase ? "2026-01-12T09:30:00Z" : "2026-01-20T08:15:00Z"),
                Instant.parse("2026-01-20T08:15:01Z"),
                isPurchase ? description : null,
                isPurchase ? null : description,
                "00000000-0000-4000-8000-00000000000a",
                line,
                category,
                chargeClass,
                Examples.PERIOD,
                invoice,
                invoice.endsWith("101") ? "PO-2026-7" : "PO-2025-3",
                "CC-7",
                credited,
                EntryView.proofOf(id),
                null,
                null,
                null);
    }
}
