package io.points.allocation.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a schedule runs, and what of it is too late. Plain decisions: no clock, no randomness, no I/O. */
final class ScheduleRules {

    /** Up to so much later a run is on time. */
    static final Duration ON_TIME = Duration.ofHours(1);

    private static final int MOST_DAYS_BACK = 31;
    private static final int MOST_YEARS_AHEAD = 5;

    private static final Pattern DAY_OF_WEEK = Pattern.compile("[1-7]");
    private static final Pattern DAY_OF_MONTH = Pattern.compile("[1-9]|[12][0-9]|3[01]|" + Rhythm.LAST);
    private static final Pattern DAY_OF_YEAR = Pattern.compile("[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    /** A period, and when it falls due. */
    record Due(Period period, Instant at) {}

    /** What is wrong with a field. */
    record Fault(String field, String message) {}

    private ScheduleRules() {}

    /**
     * What is wrong with what somebody asks for; empty if nothing is.
     *
     * @param today in the tenant's zone
     * @param starts null if it stays as it was
     */
    static List<Fault> faults(
            Every every,
            @Nullable String day,
            String at,
            @Nullable LocalDate starts,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            LocalDate today) {
        var faults = new ArrayList<Fault>();
        dayFault(every, day).ifPresent(message -> faults.add(new Fault("day", message)));
        if (!TIME.matcher(at).matches()) {
            faults.add(new Fault("at", "must be a time of day from 00:00 to 23:59"));
        }
        if (starts != null && starts.isBefore(today.minusDays(MOST_DAYS_BACK))) {
            faults.add(new Fault("starts_on", "must be at most " + MOST_DAYS_BACK + " days ago"));
        }
        if (starts != null && starts.isAfter(today.plusYears(MOST_YEARS_AHEAD))) {
            faults.add(new Fault("starts_on", "must be at most " + MOST_YEARS_AHEAD + " years ahead"));
        }
        if (endsOn != null && endsOn.isBefore(startsOn)) {
            faults.add(new Fault("ends_on", "must not be before starts_on"));
        }
        return faults;
    }

    private static Optional<String> dayFault(Every every, @Nullable String day) {
        return switch (every) {
            case DAY -> day == null ? Optional.empty() : Optional.of("must be absent: a day has no other");
            case WEEK ->
                matches(DAY_OF_WEEK, day)
                        ? Optional.empty()
                        : Optional.of("must be a day of the week from 1, Monday, to 7");
            case MONTH, QUARTER ->
                matches(DAY_OF_MONTH, day)
                        ? Optional.empty()
                        : Optional.of("must be a day of the month from 1 to 31, or last");
            case YEAR -> isDayOfYear(day) ? Optional.empty() : Optional.of("must be a day of the year, such as 04-01");
        };
    }

    private static boolean matches(Pattern pattern, @Nullable String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static boolean isDayOfYear(@Nullable String day) {
        if (!matches(DAY_OF_YEAR, day)) {
            return false;
        }
        try {
            MonthDay.parse("--" + day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A time of day that has no {@link #faults}. */
    static LocalTime time(String at) {
        return LocalTime.parse(at);
    }

    /** The first that falls due from a period on; empty if none does any more. */
    static Optional<Due> from(Rhythm rhythm, ZoneId zone, Period earliest) {
        var start = Period.of(rhythm.every(), rhythm.startsOn());
        for (var period = earliest.isBefore(start) ? start : earliest; ; period = period.next()) {
            var day = rhythm.dayOf(period);
            if (rhythm.endsOn() != null && day.isAfter(rhythm.endsOn())) {
                return Optional.empty();
            }
            var at = rhythm.dueIn(period, zone);
            if (!day.isBefore(rhythm.startsOn()) && at.isAfter(rhythm.since())) {
                return Optional.of(new Due(period, at));
            }
        }
    }

    /** The first that falls due after a moment; empty if none does any more. */
    static Optional<Due> firstAfter(Rhythm rhythm, ZoneId zone, Instant moment) {
        // A day's time may lie in a gap of a day: then it falls due on the next.
        var around =
                Period.of(rhythm.every(), LocalDate.ofInstant(moment, zone)).previous();
        var due = from(rhythm, zone, around);
        while (due.isPresent() && !due.get().at().isAfter(moment)) {
            due = from(rhythm, zone, due.get().period().next());
        }
        return due;
    }

    /** As {@link #firstAfter}, and no earlier period than that. */
    static Optional<Due> firstAfter(Rhythm rhythm, ZoneId zone, Instant moment, Period earliest) {
        return firstAfter(rhythm, zone, moment)
                .flatMap(due -> due.period().isBefore(earliest) ? from(rhythm, zone, earliest) : Optional.of(due));
    }

    /**
     * Whether a period that falls due is left out, because it does so too late.
     *
     * @param next the one after it
     */
    static boolean isMissed(CatchUp catchUp, Due due, Optional<Due> next, Instant now) {
        return switch (catchUp) {
            case ALL -> false;
            case NEWEST -> next.isPresent() && !next.get().at().isAfter(now);
            case NONE -> now.isAfter(due.at().plus(ON_TIME));
        };
    }

    /**
     * Points that a run allocates.
     *
     * @param amount what is added, or what the pool is filled up to
     * @return 0 for nothing
     */
    static long points(Mode mode, long amount, long balance) {
        return mode == Mode.ADD ? amount : Math.max(0, amount - balance);
    }
}
