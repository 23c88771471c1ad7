package io.points.distribution.saga;

import static io.points.distribution.saga.State.CANCELLED;
import static io.points.distribution.saga.State.CANCELLING;
import static io.points.distribution.saga.State.COMPENSATED;
import static io.points.distribution.saga.State.COMPENSATING;
import static io.points.distribution.saga.State.COMPLETED;
import static io.points.distribution.saga.State.REJECTED;
import static io.points.distribution.saga.State.SET_ASIDE;

import io.points.contract.Cases;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.Saga.Step.Ask;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The saga as one declaration: what each state does with what it hears. A repeated or late answer
 * moves nothing. Plain decisions: no clock, no randomness, no I/O.
 */
final class Saga {

    /** Where the distribution goes, why, and what follows. */
    record Step(State to, @Nullable RefusalReason reason, Ask ask) {

        /** What is asked of the pool. */
        enum Ask {
            NOTHING,
            CANCEL,
            REFUND,
            RETURN
        }

        static Step to(State state) {
            return new Step(state, null, Ask.NOTHING);
        }
    }

    /** Whether the pool has undone the debit, or will never do it. */
    private static final Cases<Boolean> ENDS_DEBIT = Cases.<Boolean>of(PoolAnswer.class)
            .each(true, PoolDebitCancelled.class, PoolRefunded.class)
            .each(false, PoolDebited.class, PoolDebitRefused.class, PointsReturned.class, PointsReturnSetAside.class)
            .complete();

    private static final Cases<Function<BooleanSupplier, @Nullable Step>> REQUESTED_HEARS =
            Cases.<Function<BooleanSupplier, @Nullable Step>>of(PoolAnswer.class)
                    .on(
                            PoolDebited.class,
                            debited -> canTakeIt -> canTakeIt.getAsBoolean()
                                    ? Step.to(COMPLETED)
                                    : new Step(COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE, Ask.REFUND))
                    .on(
                            PoolDebitRefused.class,
                            refused -> canTakeIt -> new Step(REJECTED, refused.reason(), Ask.NOTHING))
                    // The pool remembers a cancel that this database has lost by a restore: then it is over.
                    .each(
                            canTakeIt -> new Step(CANCELLED, RefusalReason.DEADLINE_PASSED, Ask.NOTHING),
                            PoolDebitCancelled.class,
                            PoolRefunded.class)
                    .each(canTakeIt -> null, PointsReturned.class, PointsReturnSetAside.class)
                    .complete();

    private static final Cases<Optional<Step>> RETURNING_HEARS = Cases.<Optional<Step>>of(PoolAnswer.class)
            .each(Optional.of(Step.to(COMPLETED)), PointsReturned.class)
            .each(Optional.of(Step.to(SET_ASIDE)), PointsReturnSetAside.class)
            .each(
                    Optional.empty(),
                    PoolDebited.class,
                    PoolDebitRefused.class,
                    PoolDebitCancelled.class,
                    PoolRefunded.class)
            .complete();

    private Saga() {}

    /**
     * @param receiverCanTakeIt whether the wallet can be credited now; looked at only where it matters
     * @return empty if the answer changes nothing
     */
    static Optional<Step> hear(
            State state, @Nullable RefusalReason reason, PoolAnswer answer, BooleanSupplier receiverCanTakeIt) {
        return Optional.ofNullable(
                switch (state) {
                    case REQUESTED -> REQUESTED_HEARS.of(answer).apply(receiverCanTakeIt);
                    case CANCELLING -> ENDS_DEBIT.of(answer) ? new Step(CANCELLED, reason, Ask.NOTHING) : null;
                    case COMPENSATING -> ENDS_DEBIT.of(answer) ? new Step(COMPENSATED, reason, Ask.NOTHING) : null;
                    case RETURNING, SET_ASIDE -> RETURNING_HEARS.of(answer).orElse(null);
                    case COMPLETED, REJECTED, CANCELLED, COMPENSATED -> null;
                });
    }

    /** Nothing was heard for too long. A deadline alone ends nothing: it only asks. */
    static Step overdue(State state, @Nullable RefusalReason reason) {
        return switch (state) {
            case REQUESTED -> new Step(CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL);
            case CANCELLING -> new Step(state, reason, Ask.CANCEL);
            case COMPENSATING -> new Step(state, reason, Ask.REFUND);
            case RETURNING, SET_ASIDE -> new Step(state, reason, Ask.RETURN);
            case COMPLETED, REJECTED, CANCELLED, COMPENSATED ->
                throw new IllegalArgumentException(state + " asks nothing and is never overdue");
        };
    }
}
