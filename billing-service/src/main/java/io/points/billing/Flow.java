package io.points.billing;

import java.util.Locale;

/**
 * From where to where an event moves points. Each leaves one place for another, so what goes in from the platform is what
 * pool, transit and wallets hold together: {@code pool + inFlight + budgets + earned = platform} in every one of them.
 */
public enum Flow {
    /** The platform puts points into the pool. */
    ALLOCATED(1, 1, 0, 0, 0),
    /** The platform takes them back out. */
    CLAWED_BACK(-1, -1, 0, 0, 0),
    /** The pool is debited for a distribution. */
    DISTRIBUTED(0, -1, 1, 0, 0),
    /** A debit is cancelled or refunded. */
    REFUNDED(0, 1, -1, 0, 0),
    /** The pool takes a returned budget. */
    RETURNED(0, 1, -1, 0, 0),
    /** A lead's budget gets what the pool was debited. */
    DELEGATED(0, 0, -1, 1, 0),
    /** An employee's wallet gets what the pool was debited. */
    AWARDED_FROM_POOL(0, 0, -1, 0, 1),
    /** An employee's wallet gets it from a lead's budget. */
    AWARDED_FROM_BUDGET(0, 0, 0, -1, 1),
    /** A budget gives points back, which are on their way to the pool. */
    BUDGET_RETURNED(0, 0, 1, -1, 0),
    /**
     * The pool's ledger is brought back to what its events add up to. That takes a version of the pool; but of the points that
     * the entry takes away or gives back no event ever told, so to the books it moves nothing.
     */
    ADJUSTED(0, 0, 0, 0, 0);

    private final int platform;
    private final int pool;
    private final int inFlight;
    private final int budgets;
    private final int earned;

    Flow(int platform, int pool, int inFlight, int budgets, int earned) {
        this.platform = platform;
        this.pool = pool;
        this.inFlight = inFlight;
        this.budgets = budgets;
        this.earned = earned;
    }

    /** False only of an adjustment. */
    public boolean movesPoints() {
        return this != ADJUSTED;
    }

    /** What one point of it adds to what the platform has put in: -1, 0 or 1; and so on for each place. */
    public int platform() {
        return platform;
    }

    public int pool() {
        return pool;
    }

    public int inFlight() {
        return inFlight;
    }

    public int budgets() {
        return budgets;
    }

    public int earned() {
        return earned;
    }

    /** As it stands in the tables and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Flow of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
