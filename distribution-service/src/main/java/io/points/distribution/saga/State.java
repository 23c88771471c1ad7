package io.points.distribution.saga;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The state of a distribution. {@link Saga} says how each is left. */
@Schema(name = "DistributionState")
public enum State {
    /** The pool was asked for the points. */
    REQUESTED,
    /** A budget was debited; the pool was asked to take the points back. */
    RETURNING,
    /** The deadline passed; the pool was asked to undo its debit. Only its answer ends this. */
    CANCELLING,
    /** The wallet could not take the points; the pool was asked to take them back. */
    COMPENSATING,
    /**
     * A return that the pool has quarantined, for more came back than leads could hold: an operator's case. Nobody waits for it,
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
    public boolean isOpen() {
        return ordinal() < SET_ASIDE.ordinal();
    }

    public boolean isFinal() {
        return ordinal() >= COMPLETED.ordinal();
    }
}
