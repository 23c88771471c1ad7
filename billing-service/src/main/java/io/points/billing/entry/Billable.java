package io.points.billing.entry;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.contract.Envelope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An allocation or a clawback that is to be billed.
 *
 * @param points 1 … 10^12, for either kind
 * @param time when the points moved
 * @param period in which it is billed: that of its time, or a later one if that is closed
 * @param price an allocation's, fixed in its event; a clawback's counts only for points that no purchase stands against
 * @param description the allocation's reference note or the clawback's reason
 */
public record Billable(
        UUID eventId,
        UUID tenantId,
        long poolVersion,
        long points,
        Instant time,
        Period period,
        Price price,
        String description,
        @Nullable String poNumber,
        @Nullable String costCentre,
        Envelope.Actor actor) {

    /** True if what happened belongs to an earlier month than that in which it is billed. */
    boolean isLate() {
        return Period.of(time).isBefore(period);
    }
}
