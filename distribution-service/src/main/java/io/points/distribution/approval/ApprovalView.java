package io.points.distribution.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.approval.ApprovalRules.Vote;
import io.points.distribution.recognition.Recognition;
import io.points.distribution.saga.State;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that needs approval.
 *
 * @param kind {@code award}, {@code delegation}, or {@code batch}: of a batch, the amount is that of all its awards
 * @param fromUserId who gives
 * @param toUserId null of a batch
 * @param amount points
 * @param approvalsNeeded how many people must approve it
 * @param approvalRule the rule of the company that wants that; absent if it is not known any more
 * @param votes who has approved or rejected it, in their order
 * @param heldUntil when it goes back by itself; null unless it waits
 * @param decisionReason why it was rejected
 * @param updatedAt when its state was reached
 */
@Schema(name = "Approval")
record ApprovalView(
        UUID distributionId,
        ApprovalState state,
        @Schema(implementation = DistributionKind.class) String kind,
        @Schema(implementation = PointsSource.class) String source,
        UUID fromUserId,
        @Nullable UUID toUserId,
        long amount,
        @Nullable String referenceType,
        @Nullable String description,
        Recognition.@Nullable View recognition,
        UUID requestedBy,
        Instant createdAt,
        Instant updatedAt,
        int approvalsNeeded,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvalRule,

        List<VoteView> votes,
        @Nullable Instant heldUntil,
        @Nullable String decisionReason) {

    /** Who said what, and when. */
    @Schema(name = "ApprovalVote")
    record VoteView(UUID userId, boolean approved, Instant at) {}

    /** Whose ids there are. */
    Stream<@Nullable UUID> idsOfPeople() {
        return Stream.concat(
                Stream.of(fromUserId, toUserId, requestedBy), votes.stream().map(VoteView::userId));
    }

    /**
     * @param row of {@code distributions}, with what its recognition says, if there is one
     * @param viewer private words are for the giver and the receiver
     */
    static ApprovalView of(Row row, List<Vote> votes, UUID viewer) {
        var reason = row.getString("reason");
        var from = row.getUUID("from_user_id");
        var to = row.getUUID("to_user_id");
        return new ApprovalView(
                row.getUUID("id"),
                ApprovalState.of(
                        State.valueOf(row.getString("state")), reason == null ? null : RefusalReason.valueOf(reason)),
                row.getString("kind"),
                row.getString("source"),
                from,
                to,
                row.getLong("amount"),
                row.getString("reference_type"),
                row.getString("description"),
                Recognition.View.of(
                        row.getString("message"),
                        row.getString("value_name"),
                        row.getString("visibility"),
                        viewer.equals(from) || viewer.equals(to)),
                row.getUUID("requested_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getInteger("approval_levels"),
                row.getString("approval_rule"),
                votes.stream()
                        .map(vote -> new VoteView(vote.voter(), vote.approved(), vote.at()))
                        .toList(),
                Approvals.time(row, "held_until"),
                row.getString("decision_reason"));
    }
}
