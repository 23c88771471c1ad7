package io.points.allocation.pool;

import io.points.ledger.dates.Lots;
import java.util.UUID;

/**
 * A department's envelope within the tenant's pool.
 *
 * @param balance points, which the pool's balance includes; never negative
 * @param entryNumber number of the newest entry in its ledger; 0 if there is none
 * @param lots what of the balance can be used until which day; the rest stays for ever
 */
public record DepartmentPool(UUID tenantId, UUID departmentId, long balance, long entryNumber, Lots lots) {

    /** Which envelope. */
    public record Key(UUID tenantId, UUID departmentId) {}

    /** Of a department that was never given anything. */
    static DepartmentPool none(Key key) {
        return new DepartmentPool(key.tenantId(), key.departmentId(), 0, 0, Lots.NONE);
    }

    public Key key() {
        return new Key(tenantId, departmentId);
    }

    /**
     * After an entry.
     *
     * @param amount signed points
     * @param left what is dated afterwards
     */
    DepartmentPool after(long amount, Lots left) {
        return new DepartmentPool(tenantId, departmentId, balance + amount, entryNumber + 1, left);
    }
}
