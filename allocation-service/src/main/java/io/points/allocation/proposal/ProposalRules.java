package io.points.allocation.proposal;

import io.points.contract.ProposalOutcome;
import java.time.Instant;
import java.util.UUID;

/** Who may decide about a proposal, and until when. Plain decisions. */
final class ProposalRules {

    /** What came of it. */
    sealed interface Decision {}

    /** It is decided. */
    record Decided(ProposalOutcome outcome) implements Decision {}

    /** The same person has decided the same before. */
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
     * @param outcome what {@code by} wants: approved, rejected or withdrawn
     */
    static Decision decide(Proposal proposal, ProposalOutcome outcome, UUID by, Instant now) {
        if (proposal.state() != ProposalState.PROPOSED) {
            return proposal.state() == ProposalState.of(outcome) && by.equals(proposal.decidedBy())
                    ? new Unchanged()
                    : new AlreadyDecided(proposal.state(), proposal.decidedAt());
        }
        if (isOver(proposal, now)) {
            return new AlreadyDecided(ProposalState.EXPIRED, proposal.expiresAt());
        }
        var own = by.equals(proposal.proposedBy());
        if (outcome == ProposalOutcome.WITHDRAWN) {
            return own ? new Decided(outcome) : new ProposerRequired();
        }
        return own ? new SecondPersonRequired() : new Decided(outcome);
    }

    /** Whether the time in which it could be decided about is over. */
    static boolean isOver(Proposal proposal, Instant now) {
        return !now.isBefore(proposal.expiresAt());
    }
}
