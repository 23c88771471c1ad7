package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.saga.Saga.Step.Ask;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SagaTest {

    private static final UUID ID = UUID.randomUUID();
    private static final UUID TENANT = UUID.randomUUID();

    private static final PoolAnswer DEBITED = new PoolDebited(ID, TENANT, DistributionKind.AWARD, 5, 1, 1);
    private static final PoolAnswer REFUSED = new PoolDebitRefused(ID, TENANT, 5, RefusalReason.TENANT_SUSPENDED, 1, 1);
    private static final PoolAnswer CANCELLED = new PoolDebitCancelled(ID, TENANT, 5, 1, 2);
    private static final PoolAnswer REFUNDED = new PoolRefunded(ID, TENANT, 5, 1, 2);
    private static final PoolAnswer RETURNED = new PointsReturned(ID, TENANT, 5, 1, 2);
    private static final PoolAnswer SET_ASIDE = new PointsReturnSetAside(ID, TENANT, 5, 1);
    private static final List<PoolAnswer> ANSWERS = List.of(DEBITED, REFUSED, CANCELLED, REFUNDED, RETURNED, SET_ASIDE);

    /** Which answers each state hears, and where they lead. All others change nothing. */
    private static final Map<State, Map<PoolAnswer, State>> DECLARED = new EnumMap<>(Map.of(
            State.REQUESTED,
            Map.of(
                    DEBITED, State.COMPLETED,
                    REFUSED, State.REJECTED,
                    CANCELLED, State.CANCELLED,
                    REFUNDED, State.CANCELLED),
            State.CANCELLING,
            Map.of(CANCELLED, State.CANCELLED, REFUNDED, State.CANCELLED),
            State.COMPENSATING,
            Map.of(REFUNDED, State.COMPENSATED, CANCELLED, State.COMPENSATED),
            State.RETURNING,
            Map.of(RETURNED, State.COMPLETED, SET_ASIDE, State.SET_ASIDE),
            State.SET_ASIDE,
            Map.of(RETURNED, State.COMPLETED, SET_ASIDE, State.SET_ASIDE)));

    @ParameterizedTest
    @EnumSource(State.class)
    void aStateHearsWhatIsDeclaredAndNothingElse(State state) {
        for (var answer : ANSWERS) {
            var expected =
                    Optional.ofNullable(DECLARED.getOrDefault(state, Map.of()).get(answer));
            var step = Saga.hear(state, RefusalReason.DEADLINE_PASSED, answer, () -> true);
            assertEquals(expected, step.map(Step::to), state + " hears " + answer.type());
        }
    }

    @Test
    void aReceiverWhoCannotTakeItLeadsToARefund() {
        assertEquals(
                Optional.of(new Step(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE, Ask.REFUND)),
                Saga.hear(State.REQUESTED, null, DEBITED, () -> false));
    }

    @Test
    void theReasonOfARefusalIsThePools() {
        assertEquals(
                Optional.of(new Step(State.REJECTED, RefusalReason.TENANT_SUSPENDED, Ask.NOTHING)),
                Saga.hear(State.REQUESTED, null, REFUSED, () -> true));
    }

    @Test
    void theReasonIsKeptToTheEnd() {
        assertEquals(
                Optional.of(new Step(State.COMPENSATED, RefusalReason.RECEIVER_NOT_ELIGIBLE, Ask.NOTHING)),
                Saga.hear(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE, REFUNDED, () -> true));
    }

    @Test
    void aDeadlineEndsNothing() {
        assertEquals(
                new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL),
                Saga.overdue(State.REQUESTED, null));
    }

    @Test
    void anOpenQuestionIsAskedAgainForEver() {
        assertEquals(
                new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL),
                Saga.overdue(State.CANCELLING, RefusalReason.DEADLINE_PASSED));
        assertEquals(
                new Step(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE, Ask.REFUND),
                Saga.overdue(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE));
        assertEquals(new Step(State.RETURNING, null, Ask.RETURN), Saga.overdue(State.RETURNING, null));
        assertEquals(new Step(State.SET_ASIDE, null, Ask.RETURN), Saga.overdue(State.SET_ASIDE, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"COMPLETED", "REJECTED", "CANCELLED", "COMPENSATED"})
    void whatAsksNothingIsNeverOverdue(State state) {
        assertThrows(IllegalArgumentException.class, () -> Saga.overdue(state, null));
    }
}
