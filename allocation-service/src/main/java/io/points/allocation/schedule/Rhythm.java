package io.points.allocation.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule comes round. Plain Java.
 *
 * @param day of a week {@code 1} (Monday) to {@code 7}; of a month, or of a quarter's first one, {@code 1} to {@code 31} or
 *     {@code last}; of a year {@code 01-01} to {@code 12-31}; null for every day. A day that a month lacks is its last one
 * @param at time of day in the tenant's zone
 * @param startsOn nothing falls due before that day
 * @param endsOn nor after that one; null for ever
 * @param since nor at or before this moment
 */
record Rhythm(
        Every every,
        @Nullable String day,
        LocalTime at,
        LocalDate startsOn,
        @Nullable LocalDate endsOn,
        Instant since) {

    static final String LAST = "last";

    /** The day of a period on which it falls due. */
    LocalDate dayOf(Period period) {
        var first = period.first();
        if (day == null) {
            return first;
        }
        return switch (every) {
            case DAY -> first;
            case WEEK -> first.plusDays(Integer.parseInt(day) - 1L);
            case MONTH, QUARTER ->
                first.withDayOfMonth(
                        day.equals(LAST)
                                ? first.lengthOfMonth()
                                : Math.min(Integer.parseInt(day), first.lengthOfMonth()));
            case YEAR -> MonthDay.parse("--" + day).atYear(first.getYear());
        };
    }

    /** The moment of that day: where clocks go forward over the time, as much later; where they go back, at the first of both. */
    Instant dueIn(Period period, ZoneId zone) {
        return ZonedDateTime.of(dayOf(period), at, zone).toInstant();
    }
}
