package io.points.distribution.saga;

/** Where a distribution stands. */
enum State {
    /** The pool was asked for the points. */
    REQUESTED,
    /** A budget was debited; the pool was asked to take the points back. */
    RETURNING,
    /** The deadline passed; the pool was asked to undo its debit. Only its answer ends this. */
    CANCELLING,
    /** The wallet could not take the points; the pool was asked to take them back. */
    COMPENSATING,
    /** The points have arrived. */
    COMPLETED,
    /** Refused; nothing moved. */
    REJECTED,
    /** Undone after the deadline; nothing stayed moved. */
    CANCELLED,
    /** Undone because the wallet could not take it; nothing stayed moved. */
    COMPENSATED;

    boolean isFinal() {
        return ordinal() >= COMPLETED.ordinal();
    }
}
