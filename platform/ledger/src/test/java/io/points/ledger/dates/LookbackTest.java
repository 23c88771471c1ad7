package io.points.ledger.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.ledger.dates.Lookback.Credited;
import io.points.ledger.dates.Lookback.Span;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LookbackTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @Test
    void whatLapsedInNinetyDaysWasCreditedThatLongBefore() {
        var span = Lookback.span(Expiry.After.of("P10D", null), TODAY);
        // The first is over on 30 August; the last on 27 November, which is over today.
        assertEquals(new Span(TODAY.minusDays(100), TODAY.minusDays(11)), span);
    }

    @Test
    void aDayOfTheYearThatWasNotAmongTheseDaysLetsNothingLapse() {
        assertNull(Lookback.span(Expiry.Every.of("12-31", 30), TODAY));
        var span = Lookback.span(Expiry.Every.of("11-27", 30), TODAY);
        assertEquals(new Span(LocalDate.of(2025, 10, 29), LocalDate.of(2026, 10, 28)), span);
    }

    @Test
    void theFirstOfTheseDaysAndYesterdayBelongToThem() {
        var credited = List.of(
                new Credited(TODAY.minusDays(1), 1, 1),
                new Credited(TODAY.minusDays(2), 1, 2),
                new Credited(TODAY.minusDays(91), 1, 4),
                new Credited(TODAY.minusDays(92), 1, 8));
        assertEquals(
                List.of(new Credited(TODAY.minusDays(90), 1, 4), new Credited(TODAY.minusDays(1), 1, 2)),
                Lookback.lapsed(Expiry.After.of("P1D", null), TODAY, credited));
    }

    @Test
    void whatIsCreditedOnADayHasNoLesserIdThanTheDay() {
        var first = Lookback.firstIdOf(TODAY);
        assertEquals(
                TODAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(), first.getMostSignificantBits() >>> 16);
        assertEquals(new UUID(first.getMostSignificantBits(), 0), first);
    }
}
