package io.points.allocation.pool;

import java.util.Locale;
import java.util.UUID;

/**
 * One line of the pool ledger.
 *
 * @param number gap-free per tenant, from 1
 * @param amount signed points: positive into the pool
 * @param causeId the allocation or the distribution
 * @param eventId the event that reports it
 */
public record PoolEntry(
        UUID tenantId, long number, Kind kind, long amount, long balanceAfter, UUID causeId, UUID eventId) {

    /** Why the pool's balance changed. */
    public enum Kind {
        ALLOCATION,
        CLAWBACK,
        DEBIT,
        CANCEL,
        REFUND,
        RETURN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static PoolEntry of(Pool after, Kind kind, long amount, UUID causeId, UUID eventId) {
        return new PoolEntry(after.tenantId(), after.version(), kind, amount, after.balance(), causeId, eventId);
    }
}
