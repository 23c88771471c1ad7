package io.points.distribution.rule;

import static io.points.distribution.rule.GivingKind.AWARD;
import static io.points.distribution.rule.GivingKind.DELEGATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TallyTest {

    /** A Monday, and the last day of a month. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);

    @Test
    void whatIsGivenCountsInAllWindowsOfItsDay() {
        var tally = Tally.nothing(MONDAY)
                .plus(AWARD, 10, 1)
                .plus(DELEGATION, 100, 2)
                .plus(AWARD, 5, 1);
        assertEquals("15 15 15 15 15", points(tally, AWARD));
        assertEquals("100 100 100 100 100", points(tally, DELEGATION));
        assertEquals(2, tally.awards(Window.WEEK, List.of(AWARD)));
        assertEquals(4, tally.awards(Window.WEEK, List.of(AWARD, DELEGATION, AWARD)));
        assertEquals(115, tally.points(Window.YEAR, List.of(DELEGATION, AWARD)));
    }

    @Test
    void aWindowThatIsOverBeginsAtNothing() {
        var tally = Tally.nothing(MONDAY).plus(AWARD, 10, 1);
        assertSame(tally, tally.at(MONDAY));
        assertSame(tally, tally.at(MONDAY.minusDays(1)), "a clock that is behind counts to the later window");
        assertEquals("0 10 0 10 10", points(tally.at(MONDAY.plusDays(1)), AWARD));
        assertEquals("0 0 0 10 10", points(tally.at(MONDAY.plusDays(7)), AWARD));
        assertEquals("0 0 0 0 0", points(tally.at(LocalDate.of(2027, 1, 1)), AWARD));
        assertEquals(0, tally.at(MONDAY.plusDays(1)).awards(Window.MONTH, List.of(AWARD)));
        assertEquals(MONDAY.plusDays(1), tally.at(MONDAY.plusDays(1)).day());
        assertEquals("10 10 10 10 10", points(tally, AWARD), "is itself unchanged");
    }

    @Test
    void whatDidNotHappenIsTakenOffTheWindowsThatHaveIt() {
        var counted = Tally.nothing(MONDAY).plus(AWARD, 10, 1);
        var nextDay = counted.at(MONDAY.plusDays(1)).plus(AWARD, 7, 1);
        assertEquals("7 7 7 7 7", points(nextDay.minus(MONDAY, AWARD, 10, 1), AWARD));
        assertEquals("7 17 7 17 17", points(nextDay, AWARD));
        assertEquals(1, nextDay.minus(MONDAY, AWARD, 10, 1).awards(Window.QUARTER, List.of(AWARD)));
        assertEquals(Tally.nothing(MONDAY), counted.minus(MONDAY, AWARD, 10, 1), "as if it had not been");
    }

    @Test
    void itIsKeptAsItIs() {
        var tally = Tally.nothing(MONDAY).plus(AWARD, 10, 1).plus(DELEGATION, 100, 2);
        assertEquals(tally, Tally.of(tally.day(), tally.points(), tally.awards()));
        assertEquals(
                tally.hashCode(),
                Tally.of(tally.day(), tally.points(), tally.awards()).hashCode());
        assertEquals(
                List.of(10L, 100L, 10L, 100L), Arrays.asList(tally.points()).subList(0, 4));
        assertEquals(Tally.SIZE, tally.awards().length);
        assertThrows(IllegalArgumentException.class, () -> Tally.of(MONDAY, new Long[9], tally.awards()));
        assertThrows(IllegalArgumentException.class, () -> Tally.of(MONDAY, tally.points(), new Long[11]));
    }

    private static String points(Tally tally, GivingKind kind) {
        return Arrays.stream(Window.values())
                .map(window -> String.valueOf(tally.points(window, List.of(kind))))
                .collect(Collectors.joining(" "));
    }
}
