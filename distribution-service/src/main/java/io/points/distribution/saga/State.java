package io.points.distribution.saga;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The state of a distribution. {@link Saga} declares the transitions. */
@Schema(name = "DistributionState")
public enum State {
    /** A debit of the pool is pending. */
    REQUESTED,
    /** A wallet was debited; the return to the pool is pending. */
    RETURNING,
    /** The deadline passed; the cancellation of the pool's debit is pending. Only the pool's reply ends this. */
    CANCELLING,
    /** The wallet could not be credited; the refund to the pool is pending. */
    COMPENSATING,
    /**
     * A return that the pool has quarantined, because it exceeds what leads could hold: a case for an operator. No request waits for it,
     * but it is retried at intervals, so that it completes once the pool has been corrected.
     */
    SET_ASIDE,
    /** The points have left the pool or the budget and wait until people have approved that they are given. No request waits for it. */
    HELD,
    /** The points have arrived. */
    COMPLETED,
    /** Refused; nothing moved. */
    REJECTED,
    /** Undone after the deadline; no points moved in the end. */
    CANCELLED,
    /** Undone because the wallet could not be credited; no points moved in the end. */
    COMPENSATED;

    /** Whether the saga will progress soon, so that waiting for the final state makes sense. */
    public boolean isOpen() {
        return ordinal() < SET_ASIDE.ordinal();
    }

    public boolean isFinal() {
        return ordinal() >= COMPLETED.ordinal();
    }
}
