package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.statement.Document;
import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodClosed;
import io.points.contract.PeriodEvent.PeriodReopened;
import io.points.contract.PeriodEvent.PeriodReopeningLapsed;
import io.points.contract.PeriodEvent.PeriodReopeningProposed;
import io.points.contract.PeriodEvent.PeriodReopeningRejected;
import io.points.contract.PeriodEvent.PeriodReopeningWithdrawn;
import io.points.contract.PeriodEvent.PeriodSoftCloseUndone;
import io.points.contract.PeriodEvent.PeriodSoftClosed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final UUID TENANT = new UUID(9, 9);
    private static final UUID ANNA = new UUID(1, 1);
    private static final Period JANUARY = Period.parse("2026-01");
    private static final String FIRST = "d".repeat(64);
    private static final String SECOND = "e".repeat(64);

    @Test
    void everyStepOfAMonthIsTold() {
        assertEquals(
                List.of(
                        new PeriodSoftClosed(TENANT, "2026-01", 1, 1, "why", ANNA),
                        new PeriodSoftCloseUndone(TENANT, "2026-01", 2, 1, "why", ANNA),
                        new PeriodSoftClosed(TENANT, "2026-01", 3, 1, "why", ANNA),
                        new PeriodClosed(TENANT, "2026-01", 4, 1, "why", ANNA, FIRST),
                        new PeriodReopeningProposed(TENANT, "2026-01", 5, 1, "why", ANNA, FIRST),
                        new PeriodReopeningRejected(TENANT, "2026-01", 6, 1, "why", ANNA, FIRST),
                        new PeriodReopeningProposed(TENANT, "2026-01", 7, 1, "why", ANNA, FIRST),
                        new PeriodReopeningWithdrawn(TENANT, "2026-01", 8, 1, "why", ANNA, FIRST),
                        new PeriodReopeningProposed(TENANT, "2026-01", 9, 1, "why", ANNA, FIRST),
                        new PeriodReopeningLapsed(TENANT, "2026-01", 10, 1, "why", ANNA, FIRST),
                        new PeriodReopeningProposed(TENANT, "2026-01", 11, 1, "why", ANNA, FIRST),
                        new PeriodReopened(TENANT, "2026-01", 12, 1, "why", ANNA, FIRST),
                        new PeriodSoftClosed(TENANT, "2026-01", 13, 2, "why", ANNA),
                        new PeriodClosed(TENANT, "2026-01", 14, 2, "why", ANNA, SECOND)),
                told(
                        Action.SOFT_CLOSED,
                        Action.SOFT_CLOSE_UNDONE,
                        Action.SOFT_CLOSED,
                        Action.CLOSED,
                        Action.REOPENING_PROPOSED,
                        Action.REOPENING_REJECTED,
                        Action.REOPENING_PROPOSED,
                        Action.REOPENING_WITHDRAWN,
                        Action.REOPENING_PROPOSED,
                        Action.REOPENING_LAPSED,
                        Action.REOPENING_PROPOSED,
                        Action.REOPENED,
                        Action.SOFT_CLOSED,
                        Action.CLOSED));
    }

    @Test
    void aMonthIsNotClosedWithoutAStatement() {
        var step = new Step(1, Action.CLOSED, "why", ANNA, Instant.EPOCH, null, 0);
        assertThrows(
                NullPointerException.class, () -> Told.step(TENANT, JANUARY, new PeriodHistory(List.of(), 0), step));
    }

    private static List<PeriodEvent> told(Action... actions) {
        var told = new ArrayList<PeriodEvent>();
        var history = new PeriodHistory(List.of(), 0);
        for (var action : actions) {
            var digest = history.closings() == 0 ? FIRST : SECOND;
            var step = new Step(
                    history.nextNumber(),
                    action,
                    "why",
                    ANNA,
                    Instant.EPOCH,
                    action == Action.CLOSED ? new Document("{}", digest) : null,
                    history.turns());
            told.add(Told.step(TENANT, JANUARY, history, step));
            history = history.after(step);
        }
        return told;
    }
}
