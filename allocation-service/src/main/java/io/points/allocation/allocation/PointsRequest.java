package io.points.allocation.allocation;

import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalState;
import io.points.platform.money.AlsoText;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Points that a manager asks the platform for, as the tenant's managers see it.
 *
 * @param amount points
 * @param note why; null once it is erased
 * @param expiresAt when it expires unless somebody has decided before
 * @param decidedBy a platform admin, or the manager who has withdrawn it; null while nobody has, and if it expired
 * @param decisionReason why it was rejected
 * @param allocationId what was allocated for it
 */
@Schema(name = "PointsRequest")
record PointsRequest(
        UUID requestId,
        @AlsoText long amount,
        @Nullable String note,
        ProposalState state,
        UUID askedBy,
        Instant askedAt,
        Instant expiresAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable UUID allocationId) {

    /** How many of a tenant may wait for a decision. */
    static final int MOST_OPEN = 5;

    static PointsRequest of(Proposal proposal) {
        return new PointsRequest(
                proposal.proposalId(),
                proposal.amount(),
                proposal.note(),
                proposal.state(),
                proposal.proposedBy(),
                proposal.proposedAt(),
                proposal.expiresAt(),
                proposal.decidedBy(),
                proposal.decidedAt(),
                proposal.decisionReason(),
                proposal.resultId());
    }
}
