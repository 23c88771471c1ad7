package io.points.billing.statement;

import io.points.billing.entry.EntryView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * A month's billing entries as a double-entry journal. Each entry makes two lines with opposite amounts: what the tenant
 * owes, and what it has paid for in advance. Debits are positive, credits negative, so all lines sum to zero.
 */
final class Journal {

    /** What the tenant owes. */
    static final String RECEIVABLE = "accounts-receivable";

    /** What the platform owes the tenant for it: points not yet redeemed. */
    static final String PREPAYMENTS = "customer-prepayments";

    private static final String[] HEADER = {
        "entry_id",
        "line",
        "occurred_at",
        "billing_period",
        "tenant_id",
        "account",
        "currency",
        "amount_minor",
        "amount",
        "points",
        "charge_category",
        "charge_class",
        "invoice_id",
        "po_number",
        "cost_centre",
        "description"
    };

    private Journal() {}

    /**
     * One side of an entry.
     *
     * @param amountMinor in the currency's minor unit; a debit is positive, a credit negative
     */
    record Line(EntryView entry, int number, String account, BigInteger amountMinor) {}

    /** Debit what is owed, credit what is prepaid; a credit's amounts are negative, which turns it round. */
    static List<Line> lines(EntryView entry) {
        return List.of(
                new Line(entry, 1, RECEIVABLE, entry.amountMinor()),
                new Line(entry, 2, PREPAYMENTS, entry.amountMinor().negate()));
    }

    static String csv(List<EntryView> entries, CsvReader reader) {
        var csv = new Csv(reader, HEADER);
        entries.stream().flatMap(entry -> lines(entry).stream()).forEach(line -> write(csv, line));
        return csv.toString();
    }

    private static void write(Csv csv, Line line) {
        var entry = line.entry();
        var exponent = new BigDecimal(entry.amount()).scale();
        csv.line(
                entry.entryId(),
                line.number(),
                entry.occurredAt(),
                entry.billingPeriod(),
                entry.tenantId(),
                line.account(),
                entry.currency(),
                line.amountMinor(),
                new BigDecimal(line.amountMinor(), exponent),
                entry.points(),
                entry.chargeCategory(),
                entry.chargeClass(),
                entry.invoiceId(),
                entry.poNumber(),
                entry.costCentre(),
                entry.description());
    }
}
