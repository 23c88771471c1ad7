package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.statement.Journal.Booking;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A batch of the journal that is being made: entries of one month, so that a general ledger takes it into one period.
 *
 * @param number 1, 2, … without gaps
 * @param bookings at least one, each with an amount
 */
record NewBatch(long number, Period period, List<Booking> bookings) {

    /**
     * As many of the entries as one batch takes: those of the first one's month.
     *
     * @param due entries without a batch, by month; at least one
     */
    static NewBatch of(long number, List<Booking> due) {
        var month = due.get(0).entry().billingPeriod();
        return new NewBatch(
                number,
                Period.parse(month),
                due.stream()
                        .takeWhile(it -> it.entry().billingPeriod().equals(month))
                        .map(it -> it.in(number))
                        .toList());
    }

    /** The file as it is kept. */
    String csv() {
        return Journal.csv(bookings, CsvReader.PROGRAM);
    }

    /** What is debited in each currency, in its major unit; as much is credited. */
    SortedMap<String, BigDecimal> debits() {
        var debits = new TreeMap<String, BigDecimal>();
        for (var booking : bookings) {
            for (var line : Journal.lines(booking)) {
                if (line.amountMinor().signum() > 0) {
                    debits.merge(booking.entry().currency(), line.amount(), BigDecimal::add);
                }
            }
        }
        return debits;
    }
}
