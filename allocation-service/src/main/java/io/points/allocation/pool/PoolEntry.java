package io.points.allocation.pool;

import io.points.ledger.dates.Lots;
import java.util.Locale;
import java.util.UUID;

/**
 * One line of the pool ledger.
 *
 * @param number gap-free per tenant, from 1
 * @param amount signed points: positive into the pool
 * @param causeId the allocation, the distribution, the lapse or the proposal
 * @param eventId the event that reports it
 * @param lots what of the amount is dated, as in the pool
 */
public record PoolEntry(
        UUID tenantId, long number, Kind kind, long amount, long balanceAfter, UUID causeId, UUID eventId, Lots lots) {

    /** Why the pool's balance changed. */
    public enum Kind {
        ALLOCATION,
        CLAWBACK,
        DEBIT,
        CANCEL,
        REFUND,
        RETURN,
        EXPIRY,
        RESERVE,
        RELEASE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static PoolEntry of(Pool after, Kind kind, long amount, Lots lots, UUID causeId, UUID eventId) {
        return new PoolEntry(after.tenantId(), after.version(), kind, amount, after.balance(), causeId, eventId, lots);
    }
}
