package io.points.distribution.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @ParameterizedTest
    @CsvSource({
        "DAY,     2026-11-30, 2026-11-30, 2026-12-01, 2026-11-30",
        "WEEK,    2026-11-30, 2026-11-30, 2026-12-07, 2026-W49",
        "WEEK,    2026-11-29, 2026-11-23, 2026-11-30, 2026-W48",
        "WEEK,    2027-01-01, 2026-12-28, 2027-01-04, 2026-W53",
        "WEEK,    2027-01-04, 2027-01-04, 2027-01-11, 2027-W01",
        "MONTH,   2026-11-30, 2026-11-01, 2026-12-01, 2026-11",
        "MONTH,   2028-02-29, 2028-02-01, 2028-03-01, 2028-02",
        "QUARTER, 2026-11-30, 2026-10-01, 2027-01-01, 2026-Q4",
        "QUARTER, 2026-03-31, 2026-01-01, 2026-04-01, 2026-Q1",
        "YEAR,    2026-11-30, 2026-01-01, 2027-01-01, 2026",
    })
    void aDayIsInOneWindowOfEachLength(
            Window window, LocalDate day, LocalDate since, LocalDate resetsOn, String label) {
        assertEquals(since, window.since(day));
        assertEquals(resetsOn, window.resetsOn(day));
        assertEquals(label, window.label(day));
        assertEquals(since, window.since(resetsOn.minusDays(1)), "the last day");
        assertEquals(resetsOn, window.since(resetsOn), "the next window");
    }
}
