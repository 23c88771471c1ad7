package io.points.allocation.schedule;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A period of a tenant's calendar. Its label is the key under which a schedule runs once: it is no instant, so neither summer time
 * nor a clock that is set can make two of one. Plain Java.
 *
 * @param first its first day
 */
record Period(Every every, LocalDate first) {

    /** What a label looks like: {@code 2026-11-28}, {@code 2026-W48}, {@code 2026-11}, {@code 2026-Q4}, {@code 2026}. */
    static final String LABEL =
            "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-W(0[1-9]|[1-4][0-9]|5[0-3])|-Q[1-4])?$";

    private static final Pattern LABELS = Pattern.compile(LABEL);

    static Period of(Every every, LocalDate day) {
        return new Period(every, every.firstOf(day));
    }

    /** The period that a label names; empty if it names none. */
    static Optional<Period> labelled(String label) {
        if (!LABELS.matcher(label).matches()) {
            return Optional.empty();
        }
        try {
            var period = read(label);
            // The 53rd week of a year that has 52 is the first of the next one.
            return period.label().equals(label) ? Optional.of(period) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Period read(String label) {
        int year = Integer.parseInt(label.substring(0, 4));
        var january = LocalDate.of(year, 1, 1);
        if (label.length() == 4) {
            return of(Every.YEAR, january);
        }
        if (label.charAt(5) == 'Q') {
            return of(Every.QUARTER, january.plusMonths(3L * (label.charAt(6) - '1')));
        }
        if (label.charAt(5) == 'W') {
            // 4 January is always in the first week.
            return of(Every.WEEK, january.withDayOfMonth(4).plusWeeks(Integer.parseInt(label.substring(6)) - 1L));
        }
        return label.length() == 7
                ? of(Every.MONTH, LocalDate.parse(label + "-01"))
                : of(Every.DAY, LocalDate.parse(label));
    }

    String label() {
        return switch (every) {
            case DAY -> first.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        first.get(IsoFields.WEEK_BASED_YEAR),
                        first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> first.toString().substring(0, 7);
            case QUARTER ->
                String.format(Locale.ROOT, "%04d-Q%d", first.getYear(), first.get(IsoFields.QUARTER_OF_YEAR));
            case YEAR -> String.format(Locale.ROOT, "%04d", first.getYear());
        };
    }

    Period next() {
        return new Period(every, every.after(first));
    }

    Period previous() {
        return new Period(every, every.before(first));
    }

    boolean isBefore(Period other) {
        return first.isBefore(other.first);
    }
}
