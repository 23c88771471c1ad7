package io.points.allocation.proposal;

import io.points.contract.ProposalOutcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may decide about a proposal, and until when. Plain decisions. */
final class ProposalRules {

    /** What came of it. */
    sealed interface Decision {}

    /** It is decided. */
    record Decided(ProposalOutcome outcome) implements Decision {}

    /** The same person has decided the same before, or has given the first of two approvals. */
    record Unchanged() implements Decision {}

    /** It was decided otherwise, or by somebody else; or its time is over, at {@code at}. */
    record AlreadyDecided(ProposalState state, Instant at) implements Decision {}

    /** Nobody decides about what they have proposed. */
    record SecondPersonRequired() implements Decision {}

    /** Nobody withdraws what another has proposed. */
    record ProposerRequired() implements Decision {}

    private ProposalRules() {}

    /**
     * Decides about a proposal.
     *
     * @param outcome what the platform admin {@code by} wants: approved, rejected or withdrawn
     */
    static Decision decide(Proposal proposal, ProposalOutcome outcome, UUID by, Instant now) {
        var settled = settled(proposal, outcome, by, now);
        if (settled != null) {
            return settled;
        }
        var own = by.equals(proposal.proposedBy());
        if (outcome == ProposalOutcome.WITHDRAWN) {
            return own ? new Decided(outcome) : new ProposerRequired();
        }
        if (own) {
            return new SecondPersonRequired();
        }
        return outcome == ProposalOutcome.APPROVED && by.equals(proposal.firstApprovedBy())
                ? new Unchanged()
                : new Decided(outcome);
    }

    /** What a manager asks for, each manager of that tenant may withdraw. */
    static Decision withdrawRequest(Proposal request, UUID by, Instant now) {
        var settled = settled(request, ProposalOutcome.WITHDRAWN, by, now);
        return settled == null ? new Decided(ProposalOutcome.WITHDRAWN) : settled;
    }

    /**
     * Whether one more platform admin must approve it. Of what one of them has proposed, whoever approves it is the second; of what a manager asks
     * for, they are the first.
     *
     * @param takesTwo whether it takes two of them
     */
    static boolean needsAnother(Proposal proposal, boolean takesTwo) {
        return proposal.askedByTenant() && takesTwo && proposal.firstApprovedBy() == null;
    }

    private static @Nullable Decision settled(Proposal proposal, ProposalOutcome outcome, UUID by, Instant now) {
        if (proposal.state() != ProposalState.PROPOSED) {
            return proposal.state() == ProposalState.of(outcome) && by.equals(proposal.decidedBy())
                    ? new Unchanged()
                    : new AlreadyDecided(proposal.state(), proposal.decidedAt());
        }
        return isOver(proposal, now) ? new AlreadyDecided(ProposalState.EXPIRED, proposal.expiresAt()) : null;
    }

    /** Whether the time in which it could be decided about is over. */
    static boolean isOver(Proposal proposal, Instant now) {
        return !now.isBefore(proposal.expiresAt());
    }
}
