package io.points.allocation.pool;

import java.util.Locale;

/** What a pool's row keeps the sums of, one column each; points, and never negative but for {@link #ADJUSTED}. */
public enum PoolSum {
    /** All that was ever allocated. */
    ALLOCATED(1),
    /** All that was ever clawed back. */
    CLAWED_BACK(-1),
    /** All that was ever debited for distributions. */
    DEBITED(-1),
    /** What of {@link #DEBITED} was cancelled or refunded. */
    CREDITED(1),
    /** The debits for delegations that were not undone: what of {@link #DEBITED} budgets can return. */
    DELEGATED(0),
    /** All that budgets returned. */
    RETURNED(1),
    /** What adjustments have put in; negative if they have taken more out. */
    ADJUSTED(1),
    /** What of {@link #DEBITED} came back because awards were reversed, or earned points lapsed. */
    TAKEN_BACK(1),
    /** What lapsed in the pool. */
    EXPIRED(-1),
    /** What waits for a decision. */
    RESERVED(-1);

    private final int sign;

    PoolSum(int sign) {
        this.sign = sign;
    }

    /** What so many points more of this sum do to the balance: the balance is what all sums do to it. */
    long toBalance(long points) {
        return sign * points;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
