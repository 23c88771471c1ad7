package io.points.billing.movement;

import io.points.billing.Period;
import io.points.billing.entry.Billable;

/** A movement and the month to which it counts. */
record Counted(Movement movement, Period period) {

    /** Only for what has a price. */
    Billable billable() {
        var bill = movement.bill();
        var version = movement.poolVersion();
        if (bill == null || version == null) {
            throw new IllegalStateException("a movement without a price is not billed");
        }
        return new Billable(
                movement.eventId(),
                movement.tenantId(),
                version,
                movement.points(),
                movement.envelope().time(),
                period,
                bill.price(),
                bill.description(),
                bill.poNumber(),
                bill.costCentre(),
                movement.envelope().actor());
    }
}
