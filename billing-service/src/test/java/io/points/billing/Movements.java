package io.points.billing;

import io.points.contract.Ids;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import java.time.Instant;
import java.util.UUID;

/** Allocations and clawbacks as allocation-service tells them, at 1.00 INR per point. */
final class Movements {

    private Movements() {}

    static PointsAllocated allocated(UUID tenant, long amount, long poolVersion) {
        return allocated(tenant, amount, "1.00", "INR", "PO-1", poolVersion);
    }

    static PointsAllocated allocated(
            UUID tenant, long amount, String price, String currency, String note, long poolVersion) {
        return new PointsAllocated(newId(), tenant, amount, currency, price, note, amount, poolVersion);
    }

    static PointsClawedBack clawedBack(UUID tenant, long amount, long poolVersion) {
        return new PointsClawedBack(newId(), tenant, amount, "INR", "1.00", "unused", 0, poolVersion);
    }

    static UUID newId() {
        return Ids.next(Instant.now());
    }
}
