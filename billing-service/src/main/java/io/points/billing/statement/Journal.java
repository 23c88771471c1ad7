package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Billing entries as a double-entry journal. Each entry makes two lines with opposite amounts: what the tenant owes, and what
 * it has paid for in advance. Debits are positive, credits negative, so all lines sum to zero. An entry that was rounded to
 * nothing makes none.
 */
final class Journal {

    /** What the tenant owes, unless the account has another code. */
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
        "description",
        "posting_date",
        "period_state",
        "batch"
    };

    private Journal() {}

    /** Codes of the general ledger's accounts. */
    record Accounts(String receivable, String prepayments) {}

    /**
     * An entry as it is journalised.
     *
     * @param periodState {@code open}, {@code soft_closed} or {@code closed}: the tenant's month
     * @param batch that has its lines; null if none has yet
     */
    record Booking(
            EntryView entry,
            Accounts accounts,
            String periodState,
            @Nullable Long batch) {

        Booking in(long number) {
            return new Booking(entry, accounts, periodState, number);
        }
    }

    /**
     * One side of an entry.
     *
     * @param amountMinor in the currency's minor unit; a debit is positive, a credit negative, none is 0
     */
    record Line(Booking booking, int number, String account, BigInteger amountMinor) {

        /** In the currency's major unit. */
        BigDecimal amount() {
            return new BigDecimal(amountMinor, new BigDecimal(booking.entry().amount()).scale());
        }
    }

    /** Debit what is owed, credit what is prepaid; a credit's amounts are negative, which turns it round. */
    static List<Line> lines(Booking booking) {
        var amount = booking.entry().amountMinor();
        return amount.signum() == 0
                ? List.of()
                : List.of(
                        new Line(booking, 1, booking.accounts().receivable(), amount),
                        new Line(booking, 2, booking.accounts().prepayments(), amount.negate()));
    }

    /** A day of the month in which the entry is billed: that of the event (UTC), or the first if the event is of an earlier month. */
    static LocalDate postingDate(EntryView entry) {
        var month = Period.parse(entry.billingPeriod());
        return Period.of(entry.occurredAt()).equals(month)
                ? LocalDate.ofInstant(entry.occurredAt(), ZoneOffset.UTC)
                : month.firstDay();
    }

    static String csv(List<Booking> bookings, CsvReader reader) {
        var csv = new Csv(reader, HEADER);
        bookings.stream().flatMap(booking -> lines(booking).stream()).forEach(line -> write(csv, line));
        return csv.toString();
    }

    private static void write(Csv csv, Line line) {
        var booking = line.booking();
        var entry = booking.entry();
        csv.line(
                entry.entryId(),
                line.number(),
                entry.occurredAt(),
                entry.billingPeriod(),
                entry.tenantId(),
                line.account(),
                entry.currency(),
                line.amountMinor(),
                line.amount(),
                entry.points(),
                entry.chargeCategory(),
                entry.chargeClass(),
                entry.invoiceId(),
                entry.poNumber(),
                entry.costCentre(),
                entry.description(),
                postingDate(entry),
                booking.periodState(),
                booking.batch());
    }
}
