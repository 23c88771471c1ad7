package io.points.distribution.limit;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a member may give more by their allowance in one month.
 *
 * @param month of the tenant's calendar, as 2026-11
 * @param points 1 … 10^12
 * @param note why; null once it is erased
 * @param boostedBy the manager who has given it
 */
@Schema(name = "Boost")
record BoostView(
        UUID boostId,
        UUID userId,
        String month,
        long points,
        @Nullable String note,
        UUID boostedBy,
        Instant createdAt) {

    Stream<@Nullable UUID> idsOfPeople() {
        return Stream.of(userId, boostedBy);
    }

    static BoostView of(Row row) {
        return new BoostView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("month"),
                row.getLong("points"),
                row.getString("note"),
                row.getUUID("boosted_by"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
