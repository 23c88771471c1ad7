package io.points.allocation.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.ledger.dates.Rounding;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleExpiryTest {

    private static final Period FEBRUARY = new Period(Every.MONTH, LocalDate.of(2028, 2, 1));
    private static final ScheduleExpiry WITH_PERIOD = ScheduleExpiry.WITH_ITS_PERIOD;
    private static final ScheduleExpiry NEVER = ScheduleExpiry.FOR_EVER;

    @Test
    void pointsOfAPeriodCanBeUsedUntilItsLastDay() {
        assertEquals(LocalDate.of(2028, 2, 29), WITH_PERIOD.lastDay(FEBRUARY, LocalDate.of(2028, 2, 1)));
        assertEquals(LocalDate.of(2028, 2, 29), WITH_PERIOD.lastDay(FEBRUARY, LocalDate.of(2028, 2, 29)));
    }

    @Test
    void whatIsMadeUpForLaterCanBeUsedOnTheDay() {
        assertEquals(LocalDate.of(2028, 3, 1), WITH_PERIOD.lastDay(FEBRUARY, LocalDate.of(2028, 3, 1)));
    }

    @Test
    void whatNeverLapsesHasNoDay() {
        assertNull(NEVER.lastDay(FEBRUARY, LocalDate.of(2028, 2, 1)));
    }

    @Test
    void itSaysOneThing() {
        assertEquals(true, WITH_PERIOD.saysOneThing());
        assertEquals(true, NEVER.saysOneThing());
        assertEquals(false, new ScheduleExpiry(null, null, null, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(true, true, null, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(false, null, null, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(null, false, null, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(false, true, null, null).saysOneThing());
    }

    @Test
    void aTimeStandsAlone() {
        assertEquals(true, after("P90D", null).saysOneThing());
        assertEquals(true, after("P1Y", Rounding.DAY).saysOneThing());
        assertEquals(false, new ScheduleExpiry(true, null, "P90D", null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(null, false, "P90D", null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(true, null, null, Rounding.DAY).saysOneThing());
    }

    /** From the day of the allocation on, whatever the period is. */
    @Test
    void aTimeBeginsWithTheAllocation() {
        var made = LocalDate.of(2028, 3, 5);
        assertEquals(made.plusDays(90), after("P90D", null).complete().lastDay(FEBRUARY, made));
        assertEquals(LocalDate.of(2029, 3, 31), after("P1Y", null).complete().lastDay(FEBRUARY, made));
        assertEquals(
                LocalDate.of(2029, 3, 5), after("P1Y", Rounding.DAY).complete().lastDay(FEBRUARY, made));
        assertEquals(Rounding.MONTH_END, after("P1Y", null).complete().round());
        assertEquals(WITH_PERIOD, WITH_PERIOD.complete());
    }

    @Test
    void itIsReadAsItIsKept() {
        assertNull(ScheduleExpiry.of(null, null, null));
        for (var one : List.of(NEVER, WITH_PERIOD, after("P1Y", Rounding.DAY))) {
            assertEquals(
                    one,
                    ScheduleExpiry.of(
                            one.word(),
                            one.after(),
                            one.round() == null ? null : one.round().word()));
        }
        // A version that knew no times has changed it since.
        assertEquals(NEVER, ScheduleExpiry.of("never", "P1Y", "day"));
    }

    private static ScheduleExpiry after(String time, Rounding round) {
        return new ScheduleExpiry(null, null, time, round);
    }
}
