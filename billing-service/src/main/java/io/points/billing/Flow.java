package io.points.billing;

import java.util.Locale;

/**
 * From where to where an event moves points. Each leaves one place for another, so what goes in from the platform is what all places
 * hold together: {@code pool + reserved + inFlight + budgets + earned + expired = platform} in every one of them.
 */
public enum Flow {
    /** The platform puts points into the pool. */
    ALLOCATED(Place.PLATFORM, Place.POOL),
    /** The platform takes them back out. */
    CLAWED_BACK(Place.POOL, Place.PLATFORM),
    /** The pool is debited for a distribution. */
    DISTRIBUTED(Place.POOL, Place.IN_FLIGHT),
    /** A debit is cancelled or refunded. */
    REFUNDED(Place.IN_FLIGHT, Place.POOL),
    /** The pool takes what a wallet has returned. */
    RETURNED(Place.IN_FLIGHT, Place.POOL),
    /** A lead's budget gets what the pool was debited. */
    DELEGATED(Place.IN_FLIGHT, Place.BUDGETS),
    /** An employee's wallet gets what the pool was debited. */
    AWARDED_FROM_POOL(Place.IN_FLIGHT, Place.EARNED),
    /** An employee's wallet gets it from a lead's budget. */
    AWARDED_FROM_BUDGET(Place.BUDGETS, Place.EARNED),
    /** A budget gives points back, which are on their way to the pool. */
    BUDGET_RETURNED(Place.BUDGETS, Place.IN_FLIGHT),
    /** Points of the pool wait for a decision. */
    POOL_RESERVED(Place.POOL, Place.RESERVED),
    /** They are in the pool again. */
    POOL_RELEASED(Place.RESERVED, Place.POOL),
    /** Points of the pool have lapsed. */
    POOL_EXPIRED(Place.POOL, Place.EXPIRED),
    /** An award is taken back, and is on its way to the pool. */
    REVERSED(Place.EARNED, Place.IN_FLIGHT),
    /** An award is taken back into the budget that it came from. */
    REVERSED_TO_BUDGET(Place.EARNED, Place.BUDGETS),
    /** Earned points have lapsed, and are on their way to the pool. */
    EARNED_RETURNED(Place.EARNED, Place.IN_FLIGHT),
    /** Earned points have lapsed, and are nobody's. */
    EARNED_EXPIRED(Place.EARNED, Place.EXPIRED),
    /** Points of a budget have lapsed, and are nobody's. */
    BUDGET_EXPIRED(Place.BUDGETS, Place.EXPIRED),
    /** Points on their way from the pool wait for approval. */
    HELD(Place.IN_FLIGHT, Place.RESERVED),
    /** Points of a budget wait for approval. */
    HELD_FROM_BUDGET(Place.BUDGETS, Place.RESERVED),
    /** They are on their way again: to a wallet, or back to the pool. */
    RELEASED(Place.RESERVED, Place.IN_FLIGHT),
    /** They are in the budget again. */
    RELEASED_TO_BUDGET(Place.RESERVED, Place.BUDGETS),
    /**
     * The pool's ledger is brought back to what its events add up to. That takes a version of the pool; but of the points that
     * the entry takes away or gives back no event ever told, so to the books it moves nothing.
     */
    ADJUSTED(Place.POOL, Place.POOL);

    private final Place from;
    private final Place to;

    Flow(Place from, Place to) {
        this.from = from;
        this.to = to;
    }

    /** False only of an adjustment. */
    public boolean movesPoints() {
        return this != ADJUSTED;
    }

    /**
     * Whether statements name it also in a month without any. Those that came later are named only where there are any, so that
     * months that were closed before stay what they were.
     */
    public boolean isAlwaysNamed() {
        return compareTo(BUDGET_RETURNED) <= 0;
    }

    /** What one point of it adds to what is there: -1, 0 or 1. Of the platform: to what it has put in. */
    public int at(Place place) {
        if (from == to) {
            return 0;
        }
        int sign = place == Place.PLATFORM ? -1 : 1;
        return place == to ? sign : place == from ? -sign : 0;
    }

    /** What one point of it adds to the pool. */
    public int pool() {
        return at(Place.POOL);
    }

    /** As it stands in the tables and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Flow of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
