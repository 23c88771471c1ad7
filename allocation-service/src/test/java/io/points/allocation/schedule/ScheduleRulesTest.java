package io.points.allocation.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.schedule.ScheduleRules.Due;
import io.points.allocation.schedule.ScheduleRules.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S1 to S7: which periods there are, when they fall due, and which of them are run. */
class ScheduleRulesTest {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2029, 12, 31);

    /** With summer time here and there, by half an hour, at midnight; and two that have lost, or had twice, a day. */
    static Stream<String> zones() {
        return Stream.of(
                "UTC",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "Asia/Tokyo",
                "Asia/Gaza",
                "Asia/Tehran",
                "Africa/Cairo",
                "Africa/Casablanca",
                "Africa/Johannesburg",
                "America/New_York",
                "America/St_Johns",
                "America/Sao_Paulo",
                "America/Havana",
                "America/Asuncion",
                "Australia/Lord_Howe",
                "Europe/Berlin",
                "Europe/Dublin",
                "Pacific/Apia",
                "Pacific/Chatham",
                "Pacific/Kiritimati");
    }

    /** What somebody finds who goes through a calendar day by day. */
    private record Found(String label, Instant at) {}

    @ParameterizedTest
    @MethodSource("zones")
    void isWhatOneFindsWhoGoesThroughThirtyYearsDayByDay(String id) {
        var zone = ZoneId.of(id);
        for (var at : List.of(LocalTime.MIDNIGHT, LocalTime.of(0, 5), LocalTime.of(2, 30), LocalTime.of(23, 59))) {
            compare(zone, Every.DAY, null, at);
            compare(zone, Every.WEEK, "1", at);
            compare(zone, Every.WEEK, "7", at);
            compare(zone, Every.MONTH, "1", at);
            compare(zone, Every.MONTH, "31", at);
            compare(zone, Every.MONTH, "last", at);
            compare(zone, Every.QUARTER, "30", at);
            compare(zone, Every.QUARTER, "last", at);
            compare(zone, Every.YEAR, "02-29", at);
            compare(zone, Every.YEAR, "12-31", at);
        }
    }

    private static void compare(ZoneId zone, Every every, @Nullable String day, LocalTime at) {
        var expected = new ArrayList<Found>();
        for (var date = FIRST; !date.isAfter(LAST); date = date.plusDays(1)) {
            if (isDay(every, day, date)) {
                expected.add(new Found(label(every, date), moment(date.atTime(at), zone)));
            }
        }
        var rhythm = new Rhythm(every, day, at, FIRST, LAST, Instant.EPOCH);
        var found = new ArrayList<Found>();
        var due = ScheduleRules.firstAfter(rhythm, zone, Instant.parse("1999-01-01T00:00:00Z"));
        while (due.isPresent()) {
            found.add(new Found(due.get().period().label(), due.get().at()));
            due = ScheduleRules.from(rhythm, zone, due.get().period().next());
        }
        assertEquals(expected, found, () -> every + " " + day + " " + at + " " + zone);
        for (int i = 1; i < found.size(); i++) {
            assertFalse(
                    found.get(i).at().isBefore(found.get(i - 1).at()),
                    found.get(i).toString());
        }
    }

    private static boolean isDay(Every every, @Nullable String day, LocalDate date) {
        return switch (every) {
            case DAY -> true;
            case WEEK -> date.getDayOfWeek().getValue() == Integer.parseInt(String.valueOf(day));
            case MONTH -> isDayOfMonth(day, date);
            case QUARTER -> date.getMonthValue() % 3 == 1 && isDayOfMonth(day, date);
            case YEAR -> {
                var text = date.toString().substring(5);
                yield text.equals(day) || "02-29".equals(day) && text.equals("02-28") && !date.isLeapYear();
            }
        };
    }

    private static boolean isDayOfMonth(@Nullable String day, LocalDate date) {
        boolean isLast = date.plusDays(1).getDayOfMonth() == 1;
        return "last".equals(day)
                ? isLast
                : date.getDayOfMonth() == Integer.parseInt(String.valueOf(day))
                        || isLast && date.getDayOfMonth() < Integer.parseInt(String.valueOf(day));
    }

    private static String label(Every every, LocalDate date) {
        var year = Integer.toString(date.getYear());
        return switch (every) {
            case DAY -> date.toString();
            case WEEK -> {
                int week = date.get(WeekFields.ISO.weekOfWeekBasedYear());
                yield date.get(WeekFields.ISO.weekBasedYear()) + (week < 10 ? "-W0" : "-W") + week;
            }
            case MONTH -> year + (date.getMonthValue() < 10 ? "-0" : "-") + date.getMonthValue();
            case QUARTER -> year + "-Q" + (date.getMonthValue() + 2) / 3;
            case YEAR -> year;
        };
    }

    /** By the offsets of half a day before and after, between which clocks are set once at most. */
    private static Instant moment(LocalDateTime local, ZoneId zone) {
        var rules = zone.getRules();
        var before = local.toInstant(rules.getOffset(local.minusHours(30).toInstant(ZoneOffset.UTC)));
        var after = local.toInstant(rules.getOffset(local.plusHours(30).toInstant(ZoneOffset.UTC)));
        return Stream.of(before, after)
                .filter(at -> LocalDateTime.ofInstant(at, zone).equals(local))
                .min(Instant::compareTo)
                .orElse(before);
    }

    @Test
    void aDayThatAMonthLacksIsItsLastOneAndTheNextMonthGoesBackToTheDayAskedFor() {
        assertEquals(
                List.of("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
                dues(monthly("31", "2026-01-01", null), ZoneOffset.UTC, 4));
    }

    @Test
    void whereClocksGoForwardOverTheTimeItRunsAsMuchLaterAndWhereTheyGoBackOnceAtTheFirst() {
        var daily = new Rhythm(Every.DAY, null, LocalTime.of(2, 30), LocalDate.of(2026, 3, 29), null, Instant.EPOCH);
        assertEquals(
                Instant.parse("2026-03-29T01:30:00Z"),
                daily.dueIn(Period.of(Every.DAY, LocalDate.of(2026, 3, 29)), BERLIN));
        assertEquals(
                Instant.parse("2026-10-25T00:30:00Z"),
                daily.dueIn(Period.of(Every.DAY, LocalDate.of(2026, 10, 25)), BERLIN));
    }

    @Test
    void nothingFallsDueBeforeItStartsOrAfterItEndsOrUntilItWasMade() {
        var rhythm = monthly("15", "2026-03-16", "2026-06-15");
        assertEquals(List.of("2026-04-15", "2026-05-15", "2026-06-15"), dues(rhythm, ZoneOffset.UTC, 9));
        var made = Instant.parse("2026-04-15T00:05:00Z");
        var since = new Rhythm(Every.MONTH, "15", LocalTime.of(0, 5), LocalDate.of(2026, 1, 1), null, made);
        var first = ScheduleRules.from(since, ZoneOffset.UTC, Period.of(Every.MONTH, LocalDate.of(2026, 1, 1)));
        assertEquals("2026-05", first.orElseThrow().period().label());
    }

    @Test
    void theFirstAfterAMomentIsNotTheOneAtIt() {
        var rhythm = monthly("1", "2026-01-01", null);
        var due = Instant.parse("2026-11-30T18:35:00Z");
        assertEquals(
                new Due(Period.of(Every.MONTH, LocalDate.of(2026, 12, 1)), due),
                ScheduleRules.firstAfter(rhythm, KOLKATA, due.minusNanos(1)).orElseThrow());
        assertEquals(
                "2027-01",
                ScheduleRules.firstAfter(rhythm, KOLKATA, due)
                        .orElseThrow()
                        .period()
                        .label());
    }

    /** S6: what has fallen due in a pause is not made up; and what has run, or was passed over, does not come again. */
    @Test
    void onResumingItIsTheFirstThatFallsDueAfterThatAndNoneThatIsOver() {
        var rhythm = monthly("10", "2026-01-01", null);
        var november = Period.of(Every.MONTH, LocalDate.of(2026, 11, 1));
        var resumed = Instant.parse("2026-11-20T00:00:00Z");
        assertEquals(
                "2026-12",
                ScheduleRules.firstAfter(rhythm, ZoneOffset.UTC, resumed, november)
                        .orElseThrow()
                        .period()
                        .label());
        assertEquals(
                "2027-01",
                ScheduleRules.firstAfter(
                                rhythm, ZoneOffset.UTC, resumed, november.next().next())
                        .orElseThrow()
                        .period()
                        .label());
    }

    /** The day that Samoa left out falls due with the one after it: two periods, and two runs. */
    @Test
    void aDayThatDoesNotExistFallsDueOnTheNext() {
        var apia = ZoneId.of("Pacific/Apia");
        var daily = new Rhythm(Every.DAY, null, LocalTime.of(9, 0), LocalDate.of(2011, 12, 29), null, Instant.EPOCH);
        var lost = daily.dueIn(Period.of(Every.DAY, LocalDate.of(2011, 12, 30)), apia);
        assertEquals(daily.dueIn(Period.of(Every.DAY, LocalDate.of(2011, 12, 31)), apia), lost);
        var first = ScheduleRules.firstAfter(daily, apia, lost.minusSeconds(1)).orElseThrow();
        assertEquals("2011-12-30", first.period().label());
    }

    @Test
    void whatIsMissedIsSaidByTheSchedule() {
        var now = Instant.parse("2026-11-28T12:00:00Z");
        var period = Period.of(Every.DAY, LocalDate.of(2026, 11, 28));
        var onTime = new Due(period, now.minus(Duration.ofHours(1)));
        var late = new Due(period, onTime.at().minusNanos(1));
        var overdue = Optional.of(new Due(period.next(), now));
        var ahead = Optional.of(new Due(period.next(), now.plusNanos(1)));
        for (var due : List.of(onTime, late)) {
            assertFalse(ScheduleRules.isMissed(CatchUp.ALL, due, overdue, now));
            assertTrue(ScheduleRules.isMissed(CatchUp.NEWEST, due, overdue, now));
            assertFalse(ScheduleRules.isMissed(CatchUp.NEWEST, due, ahead, now));
            assertFalse(ScheduleRules.isMissed(CatchUp.NEWEST, due, Optional.empty(), now));
            assertEquals(due == late, ScheduleRules.isMissed(CatchUp.NONE, due, ahead, now));
        }
    }

    @Test
    void aTopUpIsWhatIsLackingAndNeverLess() {
        assertEquals(500, ScheduleRules.points(Mode.ADD, 500, 9_999));
        assertEquals(499, ScheduleRules.points(Mode.TOP_UP, 500, 1));
        assertEquals(0, ScheduleRules.points(Mode.TOP_UP, 500, 500));
        assertEquals(0, ScheduleRules.points(Mode.TOP_UP, 500, 501));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 1",
        "WEEK,",
        "WEEK, 0",
        "WEEK, 8",
        "WEEK, last",
        "MONTH,",
        "MONTH, 0",
        "MONTH, 32",
        "MONTH, 01",
        "MONTH, LAST",
        "MONTH, ٣",
        "QUARTER, 32",
        "QUARTER,",
        "YEAR,",
        "YEAR, 02-30",
        "YEAR, 13-01",
        "YEAR, 2-1",
        "YEAR, last"
    })
    void aDayThatThePeriodCannotHaveIsNamed(Every every, @Nullable String day) {
        assertEquals(List.of("day"), fields(every, day, "00:05", "2026-12-01", null));
    }

    @ParameterizedTest
    @CsvSource({"DAY,", "WEEK, 1", "WEEK, 7", "MONTH, 1", "MONTH, 31", "MONTH, last", "QUARTER, last", "YEAR, 02-29"})
    void aDayThatItCanHaveIsNot(Every every, @Nullable String day) {
        assertEquals(List.of(), fields(every, day, "23:59", "2026-12-01", "2026-12-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00", "0:05", "00:60", "00:05:00", "noon", "٠٠:٠٥"})
    void aTimeThatNoDayHasIsNamed(String at) {
        assertEquals(List.of("at"), fields(Every.DAY, null, at, "2026-12-01", null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-28,, starts_on",
        "2026-10-29,,",
        "2031-11-29,,",
        "2031-11-30,, starts_on",
        "2026-12-02, 2026-12-01, ends_on"
    })
    void aBeginningOrAnEndThatCannotBeIsNamed(String starts, @Nullable String ends, @Nullable String field) {
        assertEquals(field == null ? List.of() : List.of(field), fields(Every.DAY, null, "00:05", starts, ends));
    }

    @Test
    void aBeginningThatStaysAsItWasMayLieFarBack() {
        var longAgo = LocalDate.of(2020, 1, 1);
        assertEquals(
                List.of(),
                ScheduleRules.faults(Every.DAY, null, "00:05", null, longAgo, null, LocalDate.of(2026, 11, 29)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28", "2024-02-29", "2026-W01", "2026-W53", "2026-01", "2026-Q4", "2026", "0000"})
    void aLabelNamesItsPeriod(String label) {
        assertEquals(label, Period.labelled(label).orElseThrow().label());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-13",
                "2026-00",
                "2026-02-30",
                "2025-02-29",
                "2025-W53",
                "2026-W54",
                "2026-W00",
                "2026-Q5",
                "2026-Q0",
                "26",
                "+2026",
                "2026-1",
                "2026-11-28T00:00:00Z",
                " 2026",
                "٢٠٢٦"
            })
    void whatNamesNoPeriodIsNone(String label) {
        assertEquals(Optional.empty(), Period.labelled(label));
    }

    @Test
    void aWeekThatLiesInTwoYearsBelongsToThatOfItsThursday() {
        assertEquals("2026-W53", Period.of(Every.WEEK, LocalDate.of(2027, 1, 3)).label());
        assertEquals("2027-W01", Period.of(Every.WEEK, LocalDate.of(2027, 1, 4)).label());
        assertEquals(
                "2025-W01", Period.of(Every.WEEK, LocalDate.of(2024, 12, 30)).label());
        assertEquals(
                "2026-W53", Period.labelled("2027-W01").orElseThrow().previous().label());
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-01, 2026-02-28",
        "WEEK, 2026-W02, 2026-W01",
        "MONTH, 2026-01, 2025-12",
        "QUARTER, 2026-Q1, 2025-Q4",
        "YEAR, 2026, 2025"
    })
    void eachPeriodFollowsTheOneBeforeIt(Every every, String label, String before) {
        var period = Period.labelled(label).orElseThrow();
        assertEquals(every, period.every());
        assertEquals(before, period.previous().label());
        assertEquals(label, period.previous().next().label());
        assertTrue(period.previous().isBefore(period));
        assertFalse(period.isBefore(period));
    }

    private static Rhythm monthly(String day, String starts, @Nullable String ends) {
        return new Rhythm(
                Every.MONTH,
                day,
                LocalTime.of(0, 5),
                LocalDate.parse(starts),
                ends == null ? null : LocalDate.parse(ends),
                Instant.EPOCH);
    }

    private static List<String> dues(Rhythm rhythm, ZoneId zone, int most) {
        var found = new ArrayList<String>();
        var due = ScheduleRules.from(rhythm, zone, Period.of(rhythm.every(), rhythm.startsOn()));
        while (due.isPresent() && found.size() < most) {
            found.add(LocalDate.ofInstant(due.get().at(), zone).toString());
            due = ScheduleRules.from(rhythm, zone, due.get().period().next());
        }
        return found;
    }

    private static List<String> fields(
            Every every, @Nullable String day, String at, String starts, @Nullable String ends) {
        var from = LocalDate.parse(starts);
        return ScheduleRules.faults(
                        every,
                        day,
                        at,
                        from,
                        from,
                        ends == null ? null : LocalDate.parse(ends),
                        LocalDate.of(2026, 11, 29))
                .stream()
                .map(Fault::field)
                .toList();
    }
}
