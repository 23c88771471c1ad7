package io.points.ledger.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-28, P90D, , 2027-02-26",
        "2026-11-28, P1D, , 2026-11-29",
        "2026-11-28, P90D, month_end, 2027-02-28",
        "2026-11-28, P400D, , 2028-01-02",
        // Longer ones are told apart by the month only.
        "2026-11-28, P401D, , 2028-01-31",
        "2026-11-28, P401D, day, 2028-01-31",
        "2026-11-28, P1Y, , 2027-11-30",
        "2026-11-28, P12M, , 2027-11-30",
        "2026-11-28, P1Y, month_end, 2027-11-30",
        "2026-11-28, P1Y, day, 2027-11-28",
        "2027-01-31, P1M, , 2027-02-28",
        "2028-01-31, P1M, day, 2028-02-29",
        "2027-01-31, P1M, day, 2027-02-28",
        "2028-02-29, P1Y, day, 2029-02-28",
        "2028-02-29, P10Y, , 2038-02-28",
        "2026-11-28, P120M, , 2036-11-30",
        "2026-11-28, P3650D, , 2036-11-30"
    })
    void someTimeLater(LocalDate credited, String after, String round, LocalDate last) {
        assertEquals(last, Expiry.After.of(after, round).lastDay(credited));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90 days", "P0D", "P-1M", "P1DT1H", "P3651D", "P99999D", "P121M", "P11Y", "P1Y1M", "P1W", "p1d", "P1D ",
                "", "P01D", "P١D"
            })
    void anythingElseSaysWhatItMustBe(String after) {
        var fault = assertThrows(IllegalArgumentException.class, () -> Expiry.After.of(after, null));
        assertTrue(fault.getMessage().startsWith("must be P1D to P3650D"), fault::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28, 12-31, 30, 2026-12-31",
        "2026-12-01, 12-31, 30, 2026-12-31",
        "2026-12-02, 12-31, 30, 2027-12-31",
        "2026-12-31, 12-31, 1, 2027-12-31",
        "2026-12-30, 12-31, 1, 2026-12-31",
        "2027-12-31, 02-29, 30, 2028-02-29",
        "2026-12-31, 02-29, 30, 2027-02-28",
        "2027-02-28, 02-29, 1, 2028-02-29",
        "2026-01-01, 01-01, 366, 2028-01-01"
    })
    void theSameDayOfEachYear(LocalDate credited, String day, int leastDays, LocalDate last) {
        assertEquals(last, Expiry.Every.of(day, leastDays).lastDay(credited));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-30", "13-01", "1-1", "--12-31", "2026-12-31", "", "31.12."})
    void aDayThatNoYearHasIsNone(String day) {
        var fault = assertThrows(IllegalArgumentException.class, () -> Expiry.Every.of(day, 30));
        assertTrue(fault.getMessage().startsWith("must be a day of the year"), fault::getMessage);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 367})
    void theLeastNumberOfDaysIsWithinAYear(int leastDays) {
        var fault = assertThrows(IllegalArgumentException.class, () -> Expiry.Every.of("12-31", leastDays));
        assertTrue(fault.getMessage().contains("min_days"), fault::getMessage);
    }

    @Test
    void oneDayIsThatDay() {
        var day = LocalDate.of(2027, 3, 31);
        assertEquals(day, new Expiry.On(day).lastDay(LocalDate.of(2026, 11, 28)));
    }

    /** Of any rule and credit, the day is later than the credit; and a later credit never lapses sooner. */
    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P90D", "P400D", "P401D", "P1M", "P18M", "P1Y"})
    void aLaterCreditLapsesNoSooner(String after) {
        for (var round : new String[] {null, "day", "month_end"}) {
            var rule = Expiry.After.of(after, round);
            var before = LocalDate.MIN;
            for (var day = LocalDate.of(2027, 1, 1); day.isBefore(LocalDate.of(2029, 1, 1)); day = day.plusDays(1)) {
                var last = rule.lastDay(day);
                assertTrue(last.isAfter(day), () -> after + " " + round);
                assertFalse(last.isBefore(before), () -> after + " " + round);
                before = last;
            }
        }
    }
}
