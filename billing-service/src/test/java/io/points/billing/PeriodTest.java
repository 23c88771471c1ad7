package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01",
        "2026-01-31T23:59:59.999999999Z, 2026-01",
        "2026-02-01T00:00:00Z, 2026-02",
        "2024-02-29T12:00:00Z, 2024-02",
        "2025-12-31T23:59:59Z, 2025-12",
    })
    void aMomentBelongsToItsMonthOfUtc(Instant time, String month) {
        assertEquals(month, Period.of(time).toString());
        assertFalse(time.isBefore(Period.of(time).start()));
        assertTrue(time.isBefore(Period.of(time).end()));
    }

    @Test
    void monthsFollowEachOtherWithoutAGap() {
        var december = Period.parse("2025-12");

        assertEquals("2026-01", december.next().toString());
        assertEquals("2025-11", december.previous().toString());
        assertEquals(december.end(), december.next().start());
        assertEquals(LocalDate.of(2025, 12, 1), december.firstDay());
        assertEquals(december, Period.of(december.firstDay()));
    }

    @Test
    void theLaterOfTwoIsFound() {
        var december = Period.parse("2025-12");
        var january = december.next();

        assertTrue(december.isBefore(january));
        assertFalse(january.isBefore(january));
        assertEquals(january, december.orLater(january));
        assertEquals(january, january.orLater(december));
        assertEquals(january, january.orLater(january));
    }

    @Test
    void theEarlierOfTwoIsFound() {
        var december = Period.parse("2025-12");
        var january = december.next();

        assertEquals(december, december.orEarlier(january));
        assertEquals(december, january.orEarlier(december));
        assertEquals(december, december.orEarlier(december));
    }

    @Test
    void theMonthsUntilAnotherAreListed() {
        var november = Period.parse("2025-11");

        assertEquals(
                List.of(november, Period.parse("2025-12"), Period.parse("2026-01")),
                november.until(Period.parse("2026-02"), 3));
        assertEquals(List.of(november), november.until(Period.parse("9999-12"), 1));
        assertEquals(List.of(), november.until(november, 3));
        assertEquals(List.of(), november.until(Period.parse("2025-10"), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-1",
                "2026-00",
                "2026-13",
                "1969-12",
                "10000-01",
                "+2026-01",
                "2026-01-01",
                " 2026-01",
                "2026-01 ",
                "٢٠٢٦-٠١"
            })
    void whatIsNoMonthIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> Period.parse(text));
    }
}
