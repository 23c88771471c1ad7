package io.points.billing.statement;

import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries for documents. */
final class Examples {

    static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    static final String PERIOD = "2026-01";

    private Examples() {}

    static EntryView purchase(int number, long points, String price, String currency) {
        return entry(number, "Purchase", null, points, price, currency, "Invoice #" + number);
    }

    static EntryView credit(int number, long points, String price, String currency, @Nullable String chargeClass) {
        return entry(number, "Credit", chargeClass, -points, price, currency, "unused");
    }

    /** A purchase of that moment, billed in that month. */
    static EntryView booked(String occurredAt, String period) {
        return entry(9, "Purchase", null, 100, "1.25", "INR", "Invoice #9", Instant.parse(occurredAt), period);
    }

    static EntryView entry(
            int number,
            String category,
            @Nullable String chargeClass,
            long points,
            String price,
            String currency,
            String description) {
        return entry(
                number,
                category,
                chargeClass,
                points,
                price,
                currency,
                description,
                Instant.parse("2026-01-15T10:00:00Z"),
                PERIOD);
    }

    private static EntryView entry(
            int number,
            String category,
            @Nullable String chargeClass,
            long points,
            String price,
            String currency,
            String description,
            Instant occurredAt,
            String period) {
        var priced = Price.of(price, currency);
        var amount = priced.amountMinor(points);
        var isPurchase = category.equals("Purchase");
        return new EntryView(
                new UUID(1, number),
                new UUID(2, number),
                TENANT,
                isPurchase ? "allocation" : "clawback",
                points,
                price,
                currency,
                amount,
                Price.major(amount, priced.currency()).toPlainString(),
                number,
                occurredAt,
                Instant.parse("2026-01-15T10:00:01Z"),
                isPurchase ? description : null,
                isPurchase ? null : description,
                "somebody",
                1,
                category,
                chargeClass,
                period,
                "INV-" + number,
                "PO-7",
                null,
                null,
                EntryView.proofOf(new UUID(1, number)),
                null,
                null,
                null);
    }

    /** An entry of a pair, which moves that of the same number. */
    static EntryView moved(EntryView original, boolean isReversal) {
        var sign = isReversal ? -1 : 1;
        var id = new UUID(isReversal ? 3 : 4, original.poolVersion());
        return new EntryView(
                id,
                original.eventId(),
                original.tenantId(),
                original.kind(),
                sign * original.points(),
                original.unitPrice(),
                original.currency(),
                original.amountMinor().multiply(BigInteger.valueOf(sign)),
                isReversal ? "-" + original.amount() : original.amount(),
                original.poolVersion(),
                original.occurredAt(),
                original.recordedAt(),
                original.reference(),
                original.reason(),
                "anna",
                isReversal ? 2 : 3,
                original.chargeCategory(),
                isReversal ? "Correction" : original.chargeClass(),
                original.billingPeriod(),
                original.invoiceId(),
                original.poNumber(),
                original.costCentre(),
                original.creditedEntryId(),
                EntryView.proofOf(id),
                isReversal ? original.entryId() : null,
                isReversal ? null : original.entryId(),
                "moved");
    }

    static BillingDocument invoice(String number, long totalMinor, String... corrects) {
        return document("invoice", number, totalMinor, corrects);
    }

    static BillingDocument creditNote(String number, long totalMinor, String... corrects) {
        return document("credit_note", number, totalMinor, corrects);
    }

    /** In rupees. */
    private static BillingDocument document(String kind, String number, long totalMinor, String... corrects) {
        var total = BigInteger.valueOf(totalMinor);
        return new BillingDocument(
                number,
                kind,
                1,
                Instant.parse("2026-02-03T09:00:00Z"),
                "INR",
                total,
                Price.major(total, Price.currency("INR")).toPlainString(),
                List.of(corrects));
    }
}
