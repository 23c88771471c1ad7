package io.points.billing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A calendar month in UTC: the time within which things are billed together. */
public record Period(YearMonth month) implements Comparable<Period> {

    /** Four digits of a year from 1970 on, and a month. */
    private static final Pattern TEXT = Pattern.compile("(19[7-9]\\d|[2-9]\\d{3})-(0[1-9]|1[0-2])");

    /** The month in which something happened. */
    public static Period of(Instant time) {
        return new Period(YearMonth.from(time.atOffset(ZoneOffset.UTC)));
    }

    /** The month that begins with this day. */
    public static Period of(LocalDate firstDay) {
        return new Period(YearMonth.from(firstDay));
    }

    /**
     * @param text such as {@code 2026-01}
     * @throws DateTimeException if it is anything else
     */
    public static Period parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new DateTimeException("not a month: " + text);
        }
        return new Period(YearMonth.parse(text));
    }

    /** The first instant of the month. */
    public Instant start() {
        return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first instant after the month. */
    public Instant end() {
        return next().start();
    }

    public LocalDate firstDay() {
        return month.atDay(1);
    }

    public Period next() {
        return new Period(month.plusMonths(1));
    }

    public Period previous() {
        return new Period(month.minusMonths(1));
    }

    /**
     * The months from this one until before another, in order; none if that is not later.
     *
     * @param atMost so many of them: a caller may name any month up to the year 9999
     */
    public List<Period> until(Period end, int atMost) {
        return Stream.iterate(this, it -> it.isBefore(end), Period::next)
                .limit(atMost)
                .toList();
    }

    public boolean isBefore(Period other) {
        return compareTo(other) < 0;
    }

    /** The later of the two. */
    public Period orLater(Period other) {
        return isBefore(other) ? other : this;
    }

    /** The earlier of the two. */
    public Period orEarlier(Period other) {
        return isBefore(other) ? this : other;
    }

    @Override
    public int compareTo(Period other) {
        return month.compareTo(other.month);
    }

    /** As {@code 2026-01}. */
    @Override
    public String toString() {
        return month.toString();
    }
}
