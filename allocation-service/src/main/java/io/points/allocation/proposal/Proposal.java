package io.points.allocation.proposal;

import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that one platform admin has proposed, or that a manager of the tenant asks for, and what became of it.
 *
 * @param amount points that it is about; null if it is about no amount
 * @param reserved points of the pool that it holds; 0 once it is decided
 * @param askedByTenant whether it is a manager of the tenant who has asked for it
 * @param note why the manager asks for it; null if nobody does, and once it is erased
 * @param expiresAt when it expires unless somebody has decided before
 * @param firstApprovedBy the first of two platform admins, if what a manager asks for takes two
 * @param decidedBy null while nobody has, and if it expired
 * @param decisionReason why it was rejected
 * @param resultId what was made of it, such as the clawback
 */
@Schema(name = "Proposal")
public record Proposal(
        UUID proposalId,
        UUID tenantId,
        ProposalKind kind,
        @Nullable Long amount,
        @AlsoText long reserved,
        String reason,
        boolean askedByTenant,
        @Nullable String note,
        ProposalState state,
        UUID proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        @Nullable UUID firstApprovedBy,
        @Nullable Instant firstApprovedAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable UUID resultId) {

    static Proposal of(Row row) {
        return new Proposal(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                ProposalKind.of(row.getString("kind")),
                row.getLong("amount"),
                row.getLong("reserved"),
                row.getString("reason"),
                row.getBoolean("asked_by_tenant"),
                row.getString("note"),
                ProposalState.of(row.getString("state")),
                row.getUUID("proposed_by"),
                row.getOffsetDateTime("proposed_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getUUID("first_approved_by"),
                instant(row.getOffsetDateTime("first_approved_at")),
                row.getUUID("decided_by"),
                instant(row.getOffsetDateTime("decided_at")),
                row.getString("decision_reason"),
                row.getUUID("result_id"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
