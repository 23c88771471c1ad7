package io.points.allocation.pool;

import java.util.UUID;

/** What the platform admin may do to a pool. Plain decisions. */
public final class PlatformRules {

    /** The decision. */
    public sealed interface Decision {}

    /** The pool afterwards, and the ledger entry. */
    public record Moved(Pool pool, PoolEntry entry) implements Decision {}

    /** The pool holds less than the clawback; {@code balance} is what it holds. */
    public record InsufficientBalance(long balance) implements Decision {}

    /** The tenant would hold more than 2^53 - 1 points; {@code room} is how much can still be allocated. */
    public record LimitExceeded(long room) implements Decision {}

    private PlatformRules() {}

    /** @param amount 1 … 10^12 points */
    public static Decision allocate(Pool pool, long amount, UUID allocationId, UUID eventId) {
        if (amount > pool.room()) {
            return new LimitExceeded(pool.room());
        }
        var after = pool.allocated(amount);
        return new Moved(after, PoolEntry.of(after, PoolEntry.Kind.ALLOCATION, amount, allocationId, eventId));
    }

    /** @param amount 1 … 10^12 points; works for a suspended tenant too */
    public static Decision clawBack(Pool pool, long amount, UUID allocationId, UUID eventId) {
        if (pool.balance() < amount) {
            return new InsufficientBalance(pool.balance());
        }
        var after = pool.clawedBack(amount);
        return new Moved(after, PoolEntry.of(after, PoolEntry.Kind.CLAWBACK, -amount, allocationId, eventId));
    }
}
