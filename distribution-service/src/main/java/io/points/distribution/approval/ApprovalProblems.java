package io.points.distribution.approval;

import io.points.contract.RefusalReason;
import io.points.distribution.approval.ApprovalRules.AlreadyDecided;
import io.points.distribution.approval.ApprovalRules.ConflictOfInterest;
import io.points.distribution.approval.ApprovalRules.Decision;
import io.points.distribution.approval.ApprovalRules.NotHeld;
import io.points.distribution.approval.ApprovalRules.ProposerRequired;
import io.points.distribution.approval.ApprovalRules.SecondPersonRequired;
import io.points.platform.web.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a decision about what waits for approval is refused over HTTP. */
final class ApprovalProblems {

    private ApprovalProblems() {}

    /** Null if it is not. */
    static @Nullable Problem of(Decision decision) {
        if (decision instanceof AlreadyDecided decided) {
            return Problem.of(
                            409,
                            "already-decided",
                            "It has been decided already",
                            "What waited for approval is " + decided.state().word() + ".")
                    .with("state", decided.state().word())
                    .with("decided_at", decided.at());
        }
        if (decision instanceof NotHeld) {
            return Problem.of(
                    409,
                    "not-held",
                    "The distribution does not wait for approval",
                    "It needs none, or the pool has not answered yet.");
        }
        if (decision instanceof SecondPersonRequired) {
            return Problem.of(
                    409,
                    "second-person-required",
                    "Another person must approve it",
                    "A manager other than whoever gives must decide. What you have asked for yourself you can withdraw.");
        }
        if (decision instanceof ConflictOfInterest) {
            return Problem.of(
                    409,
                    "conflict-of-interest",
                    "Nobody decides about what they would get",
                    "You are among the receivers. Another manager must decide.");
        }
        if (decision instanceof ProposerRequired) {
            return Problem.of(
                    409,
                    "proposer-required",
                    "Only whoever asked for it can withdraw it",
                    "What another has asked for can be approved or rejected.");
        }
        return null;
    }

    /** The tenant may not give anything at the moment, so nothing can be approved; it can be rejected. */
    static Problem ofTenant(RefusalReason reason) {
        return Problem.of(
                        409,
                        reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "Nothing can be given at the moment",
                        "The tenant gives nothing at the moment: " + reason
                                + ". What waits can be rejected or withdrawn.")
                .with("reason", reason);
    }

    static Problem inactive() {
        return Problem.of(
                403,
                "forbidden",
                "The caller's role does not allow this",
                "A member who is deactivated decides about nothing.");
    }
}
