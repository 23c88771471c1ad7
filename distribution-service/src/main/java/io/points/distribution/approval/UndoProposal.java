package io.points.distribution.approval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to take back, and another person has to approve.
 *
 * @param kind {@code award} or {@code batch}
 * @param distributionId the award or the batch
 * @param amount points of its awards that had not been taken back when it was asked for
 * @param mode what happens if a wallet holds less than its award
 * @param reason why it is taken back; null if it was erased
 * @param expiresAt when it ends by itself, unless somebody has decided about it
 * @param decisionReason why it was rejected
 */
@Schema(name = "UndoProposal")
public record UndoProposal(
        UUID proposalId,
        @JsonIgnore UUID tenantId,
        @Schema(implementation = DistributionKind.class) DistributionKind kind,
        UUID distributionId,
        @AlsoText long amount,
        UndoMode mode,
        @Nullable String reason,
        ApprovalState state,
        UUID requestedBy,
        @JsonIgnore Envelope.Actor actor,
        Instant createdAt,
        Instant expiresAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason) {

    /** That waits for a decision. */
    public static UndoProposal open(
            UUID proposalId,
            UUID tenantId,
            DistributionKind kind,
            UUID distributionId,
            long amount,
            UndoMode mode,
            String reason,
            Envelope.Actor actor,
            Instant createdAt,
            Instant expiresAt) {
        return new UndoProposal(
                proposalId,
                tenantId,
                kind,
                distributionId,
                amount,
                mode,
                reason,
                ApprovalState.OPEN,
                UUID.fromString(actor.id()),
                actor,
                createdAt,
                expiresAt,
                null,
                null,
                null);
    }

    /** Whose ids there are. */
    Stream<@Nullable UUID> idsOfPeople() {
        return Stream.of(requestedBy, decidedBy);
    }

    /** @param row of {@code undo_proposals} */
    static UndoProposal of(Row row) {
        var requestedBy = row.getUUID("requested_by");
        return new UndoProposal(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                DistributionKind.of(row.getString("kind")),
                row.getUUID("distribution_id"),
                row.getLong("amount"),
                UndoMode.of(row.getString("mode")),
                row.getString("reason"),
                ApprovalState.of(row.getString("state")),
                requestedBy,
                new Envelope.Actor(
                        requestedBy.toString(), row.getString("requested_role"), row.getString("traceparent")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getUUID("decided_by"),
                Approvals.time(row, "decided_at"),
                row.getString("decision_reason"));
    }
}
