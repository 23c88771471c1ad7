package io.points.ledger.adjustment;

import io.points.contract.Account;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An adjustment of one balance.
 *
 * @param holderId the member, or the tenant for a pool
 * @param amount signed points that its entry has; 0 if the ledger is right and only the balance's row is not
 * @param state {@code proposed}, {@code approved} or {@code rejected}
 * @param decidedBy who approved or rejected it; null while it is proposed
 * @param entryNumber of the ledger entry that it became; null unless it is approved
 * @param balanceAfter points; null unless it is approved
 * @param eventId the event that told of it; null unless it is approved
 */
public record Adjustment(
        UUID adjustmentId,
        UUID tenantId,
        Account account,
        UUID holderId,
        long amount,
        String reason,

        @Schema(enumeration = {"proposed", "approved", "rejected"})
        String state,

        UUID proposedBy,
        Instant proposedAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable Long entryNumber,
        @Nullable Long balanceAfter,
        @Nullable UUID eventId) {

    static Adjustment of(Row row) {
        return new Adjustment(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                Account.of(row.getString("account")),
                row.getUUID("holder_id"),
                row.getLong("amount"),
                row.getString("reason"),
                row.getString("state"),
                row.getUUID("proposed_by"),
                row.getOffsetDateTime("proposed_at").toInstant(),
                row.getUUID("decided_by"),
                instant(row.getOffsetDateTime("decided_at")),
                row.getLong("entry_number"),
                row.getLong("balance_after"),
                row.getUUID("event_id"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
