package io.points.billing.statement;

import io.points.billing.Flow;
import io.points.billing.Place;
import java.util.Map;

/**
 * Points by where they are.
 *
 * @param pool in the tenant's pool: prepaid
 * @param reserved waiting for a decision: prepaid
 * @param inFlight between pool and wallets
 * @param budgets in leads' budget wallets: prepaid
 * @param earned in employees' earned wallets: a liability
 * @param expired lapsed, and gone for good
 */
record PointBalances(long pool, long reserved, long inFlight, long budgets, long earned, long expired) {

    static final PointBalances NOTHING = new PointBalances(0, 0, 0, 0, 0, 0);

    /** What so many points of a flow change. */
    static PointBalances of(Flow flow, long points) {
        return new PointBalances(
                flow.at(Place.POOL) * points,
                flow.at(Place.RESERVED) * points,
                flow.at(Place.IN_FLIGHT) * points,
                flow.at(Place.BUDGETS) * points,
                flow.at(Place.EARNED) * points,
                flow.at(Place.EXPIRED) * points);
    }

    /** What all these flows change together. */
    static PointBalances of(Map<Flow, Long> points) {
        return points.entrySet().stream()
                .map(it -> of(it.getKey(), it.getValue()))
                .reduce(NOTHING, PointBalances::plus);
    }

    PointBalances plus(PointBalances more) {
        return new PointBalances(
                Math.addExact(pool, more.pool),
                Math.addExact(reserved, more.reserved),
                Math.addExact(inFlight, more.inFlight),
                Math.addExact(budgets, more.budgets),
                Math.addExact(earned, more.earned),
                Math.addExact(expired, more.expired));
    }

    /** Everything the platform has put in and not taken back. */
    long sum() {
        return pool + reserved + inFlight + budgets + earned + expired;
    }

    /** Paid for and not yet given to an employee. */
    long prepaid() {
        return pool + reserved + budgets;
    }
}
