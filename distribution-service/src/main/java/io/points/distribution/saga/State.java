package io.points.distribution.saga;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a distribution stands. */
@Schema(name = "DistributionState")
enum State {
    /** The pool was asked for the points. */
    REQUESTED,
    /** A budget was debited; the pool was asked to take the points back. */
    RETURNING,
    /** The deadline passed; the pool was asked to undo its debit. Only its answer ends this. */
    CANCELLING,
    /** The wallet could not take the points; the pool was asked to take them back. */
    COMPENSATING,
    /**
     * A return that the pool has set aside, for more came back than leads could hold: an operator's case. Nobody waits for it,
     * but the pool is asked again now and then, so that the return ends by itself once the pool has been put right.
     */
    SET_ASIDE,
    /** The points have arrived. */
    COMPLETED,
    /** Refused; nothing moved. */
    REJECTED,
    /** Undone after the deadline; nothing stayed moved. */
    CANCELLED,
    /** Undone because the wallet could not take it; nothing stayed moved. */
    COMPENSATED;

    /** Whether the saga will soon take it further, so that waiting for its end is of use. */
    boolean isOpen() {
        return ordinal() < SET_ASIDE.ordinal();
    }

    /** How long the saga waits in it before it acts on its own; null if it has ended, or is set aside. */
    @Nullable
    Duration timeout(SagaConfig config) {
        if (!isOpen()) {
            return null;
        }
        return this == REQUESTED ? config.deadline() : config.resendAfter();
    }

    boolean isFinal() {
        return ordinal() >= COMPLETED.ordinal();
    }
}
