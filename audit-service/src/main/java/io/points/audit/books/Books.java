package io.points.audit.books;

import java.util.UUID;

/**
 * Where a tenant's points are, by the first {@code treeSize} leaves of its tree. All amounts are points. Plain Java.
 *
 * @param inFlight left the pool or a budget and not arrived anywhere, over the distributions that more has left for than
 *     has arrived
 * @param reserved of the pool, waiting for a decision
 * @param expired lapsed so far
 * @param creditedEarly credited without a consumed debit
 * @param poolEntries how many entries of the pool's ledger have been consumed
 * @param poolVersion the newest of them; 0 if there is none
 * @param poolBalance what that one states
 */
record Books(
        UUID tenantId,
        long treeSize,
        long allocated,
        long clawedBack,
        long pool,
        long inFlight,
        long budget,
        long earned,
        long reserved,
        long expired,
        long creditedEarly,
        long poolEntries,
        long poolVersion,
        long poolBalance) {

    static Books empty(UUID tenantId) {
        return new Books(tenantId, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Every credit's debit is there, and no entry of the pool is missing before its newest. */
    boolean isWhole() {
        return creditedEarly == 0 && poolEntries >= poolVersion;
    }

    /** What is owed has not changed on the way, and the pool is what it states. */
    boolean balances() {
        return allocated - clawedBack == pool + inFlight + budget + earned + reserved + expired && pool == poolBalance;
    }
}
