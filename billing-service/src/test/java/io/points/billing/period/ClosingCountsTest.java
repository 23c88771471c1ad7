package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClosingCountsTest {

    private static final UUID TENANT = new UUID(9, 9);
    private static final UUID ANNA = new UUID(1, 1);
    private static final PeriodCompleteness ALL = new PeriodCompleteness(7, 7, 0);
    private static final PeriodCompleteness GAP = new PeriodCompleteness(6, 7, 0);
    private static final Refused NOT_SOFT_CLOSED = new Refused(Refusal.PERIOD_NOT_SOFT_CLOSED, "Soft-close it first.");

    @Test
    void everyTenantIsCountedByItsOutcome() {
        var counts = ClosingCounts.NONE
                .with(null, null, 7)
                .with(Outcome.CLOSED, null, 3)
                .with(Outcome.ALREADY_CLOSED, null, 2)
                .with(Outcome.FAILED, null, 4)
                .with(Outcome.REFUSED, "period-incomplete", 5)
                .with(Outcome.REFUSED, "period-incomplete", 1)
                .with(Outcome.REFUSED, "earlier-period-open", 1);
        assertEquals(
                new ClosingCounts(23, 7, 3, 2, Map.of("period-incomplete", 6, "earlier-period-open", 1), 4), counts);
    }

    @Test
    void whatWouldBecomeOfAMonthIsWhatClosingItSays() {
        assertEquals(closed(), ClosingResult.of(standing(State.SOFT_CLOSED, ALL), false, null));
        assertEquals(closed(), ClosingResult.of(standing(State.OPEN, ALL), true, null));
        assertEquals(
                new ClosingResult(TENANT, Outcome.REFUSED, NOT_SOFT_CLOSED),
                ClosingResult.of(standing(State.OPEN, GAP), false, null));
        assertEquals(
                Refusal.PERIOD_INCOMPLETE,
                ClosingResult.of(standing(State.OPEN, GAP), true, null)
                        .refused()
                        .refusal());
        assertEquals(
                new ClosingResult(TENANT, Outcome.ALREADY_CLOSED, null),
                ClosingResult.of(standing(State.CLOSED, GAP), true, null));
    }

    @Test
    void whereTwoMustCloseWhoeverSoftClosedItDoesNot() {
        var byAnna = new Standing(
                TENANT,
                null,
                State.SOFT_CLOSED,
                ANNA,
                new Surroundings(true, true, true, false),
                ALL,
                new EarlierMonths(List.of(), null),
                List.of(),
                0);
        assertEquals(closed(), ClosingResult.of(byAnna, true, new UUID(2, 2)));
        for (var alone : List.of(byAnna, standing(State.OPEN, ALL))) {
            assertEquals(
                    Refusal.SECOND_PERSON_REQUIRED,
                    ClosingResult.of(alone, true, ANNA).refused().refusal());
        }
        assertEquals(
                Refusal.PERIOD_NOT_SOFT_CLOSED,
                ClosingResult.of(standing(State.OPEN, ALL), false, ANNA)
                        .refused()
                        .refusal());
    }

    @Test
    void aRefusalIsFoundByItsSlug() {
        for (var refusal : Refusal.values()) {
            assertEquals(refusal, Refusal.of(refusal.slug()));
        }
    }

    private static ClosingResult closed() {
        return new ClosingResult(TENANT, Outcome.CLOSED, null);
    }

    private static Standing standing(State state, PeriodCompleteness heard) {
        return new Standing(
                TENANT,
                null,
                state,
                null,
                new Surroundings(true, true, true, false),
                heard,
                new EarlierMonths(List.of(), null),
                List.of(),
                0);
    }
}
