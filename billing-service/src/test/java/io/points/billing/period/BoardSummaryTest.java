package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.Standing.Total;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BoardSummaryTest {

    private static final Surroundings OVER = new Surroundings(true, true, true, false);
    private static final PeriodCompleteness ALL = new PeriodCompleteness(7, 7, 0);
    private static final PeriodCompleteness GAP = new PeriodCompleteness(6, 7, 0);
    private static final EarlierMonths NONE = new EarlierMonths(List.of(), null);

    @Test
    void everyTenantIsCounted() {
        var none = BoardSummary.of(Period.parse("2026-01"));
        assertEquals(new BoardSummary("2026-01", 0, 0, Map.of(), Map.of(), 0), none);

        var all = none.with(standing(State.OPEN, GAP, 30))
                .with(standing(State.OPEN, ALL, 30))
                .with(standing(State.SOFT_CLOSED, ALL, 30))
                .with(standing(State.SOFT_CLOSED, ALL, 31))
                .with(standing(State.CLOSED, GAP, 30));
        assertEquals(
                new BoardSummary(
                        "2026-01",
                        5,
                        2,
                        Map.of("open", 2, "soft_closed", 2, "closed", 1),
                        Map.of("period-not-soft-closed", 2, "period-incomplete", 1),
                        1),
                all);
    }

    private static Standing standing(State state, PeriodCompleteness heard, long counted) {
        var totals = List.of(new Total("INR", BigInteger.TEN, 10), new Total("KWD", BigInteger.ONE, 20));
        return new Standing(new UUID(9, 9), null, state, null, OVER, heard, NONE, totals, counted);
    }
}
