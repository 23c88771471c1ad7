package io.points.allocation.tenant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's newest allocation.
 *
 * @param amount points
 */
public record LastAllocation(UUID allocationId, long amount, Instant createdAt) {

    /**
     * @param row with {@code last_id}, {@code last_amount} and {@code last_at}
     * @return null if nothing was ever allocated
     */
    public static @Nullable LastAllocation of(Row row) {
        var at = row.getOffsetDateTime("last_at");
        return at == null
                ? null
                : new LastAllocation(row.getUUID("last_id"), row.getLong("last_amount"), at.toInstant());
    }
}
