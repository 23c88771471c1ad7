package io.points.allocation.proposal;

import io.points.allocation.proposal.ProposalRules.AlreadyDecided;
import io.points.allocation.proposal.ProposalRules.Decision;
import io.points.allocation.proposal.ProposalRules.ProposerRequired;
import io.points.allocation.proposal.ProposalRules.SecondPersonRequired;
import io.points.platform.web.problem.Problem;
import org.jspecify.annotations.Nullable;

/** How a decision about a proposal is refused over HTTP. */
final class ProposalProblems {

    private ProposalProblems() {}

    /** Null if it is not. */
    static @Nullable Problem of(Decision decision) {
        if (decision instanceof AlreadyDecided decided) {
            return Problem.of(
                            409,
                            "already-decided",
                            "The proposal has been decided already",
                            "The proposal is " + decided.state().word() + ".")
                    .with("state", decided.state().word())
                    .with("decided_at", decided.at());
        }
        if (decision instanceof SecondPersonRequired) {
            return Problem.of(
                    409,
                    "second-person-required",
                    "Another person must approve it",
                    "A platform admin other than the proposer must decide. What you have proposed yourself you can withdraw.");
        }
        if (decision instanceof ProposerRequired) {
            return Problem.of(
                    409,
                    "proposer-required",
                    "Only whoever proposed it can withdraw it",
                    "Another person's proposal can be approved or rejected.");
        }
        return null;
    }
}
