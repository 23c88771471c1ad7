package io.points.billing.statement;

import io.points.billing.Flow;
import java.util.Map;

/**
 * Points by where they are.
 *
 * @param pool in the tenant's pool: prepaid
 * @param inFlight between pool and wallets
 * @param budgets in leads' budget wallets: prepaid
 * @param earned in employees' earned wallets: a liability
 */
record PointBalances(long pool, long inFlight, long budgets, long earned) {

    static final PointBalances NOTHING = new PointBalances(0, 0, 0, 0);

    /** What so many points of a flow change. */
    static PointBalances of(Flow flow, long points) {
        return new PointBalances(
                flow.pool() * points, flow.inFlight() * points, flow.budgets() * points, flow.earned() * points);
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
                Math.addExact(inFlight, more.inFlight),
                Math.addExact(budgets, more.budgets),
                Math.addExact(earned, more.earned));
    }

    /** Everything the platform has put in and not taken back. */
    long sum() {
        return pool + inFlight + budgets + earned;
    }

    /** Paid for and not yet given to an employee. */
    long prepaid() {
        return pool + budgets;
    }
}
