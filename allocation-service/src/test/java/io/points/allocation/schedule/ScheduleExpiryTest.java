package io.points.allocation.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ScheduleExpiryTest {

    private static final Period FEBRUARY = new Period(Every.MONTH, LocalDate.of(2028, 2, 1));
    private static final ScheduleExpiry WITH_PERIOD = new ScheduleExpiry(true, null);
    private static final ScheduleExpiry NEVER = new ScheduleExpiry(null, true);

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
        assertEquals(false, new ScheduleExpiry(null, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(true, true).saysOneThing());
        assertEquals(false, new ScheduleExpiry(false, null).saysOneThing());
        assertEquals(false, new ScheduleExpiry(null, false).saysOneThing());
        assertEquals(false, new ScheduleExpiry(false, true).saysOneThing());
    }

    @Test
    void itIsReadAsItIsKept() {
        assertNull(ScheduleExpiry.of(null));
        assertEquals(NEVER, ScheduleExpiry.of(NEVER.word()));
        assertEquals(WITH_PERIOD, ScheduleExpiry.of(WITH_PERIOD.word()));
    }
}
