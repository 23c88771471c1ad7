package io.points.distribution.wish;

import io.points.contract.RefusalReason;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a member asks managers to give.
 *
 * @param toUserId who would get the points
 * @param amount points
 * @param note why
 * @param expiresAt when it is over without a decision; null unless it waits for a first one
 * @param decisionReason why it was declined
 * @param distributionId what was given for it
 * @param refusal why what was granted could not be given: then it is open again
 */
@Schema(name = "Wish")
record WishView(
        UUID wishId,
        WishState state,
        WishKind kind,
        UUID askedBy,
        UUID toUserId,
        @AlsoText long amount,
        @Nullable String note,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable UUID distributionId,

        @Schema(implementation = RefusalReason.class) @Nullable
        String refusal) {

    Stream<@Nullable UUID> idsOfPeople() {
        return Stream.of(askedBy, toUserId, decidedBy);
    }

    static WishView of(Row row) {
        return new WishView(
                row.getUUID("id"),
                WishState.of(row.getString("state_now")),
                WishKind.of(row.getString("kind")),
                row.getUUID("asked_by"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                row.getString("note"),
                row.getOffsetDateTime("created_at").toInstant(),
                time(row, "expires_at"),
                row.getUUID("decided_by"),
                time(row, "decided_at"),
                row.getString("decision_reason"),
                row.getUUID("distribution_id"),
                row.getString("refusal"));
    }

    static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
