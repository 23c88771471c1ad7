package io.points.distribution.award;

import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.saga.Distribution;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the receiver is eligible, and whoever gives by an allowance, according to the directory. */
public final class Eligibility {

    private Eligibility() {}

    /** @param receiver the receiver's directory entry; null if there is none */
    public static Optional<Problem> refusal(Distribution requested, Directory.@Nullable Membership receiver) {
        if (requested.fromUserId().equals(requested.toUserId())) {
            return Optional.of(Problem.of(
                            422,
                            "self-award",
                            "Self-awards are not allowed",
                            "The receiver must be someone other than the caller.")
                    .withError("to_user_id", "must not be the caller"));
        }
        var role = requested.requiredRole();
        return receiver != null && receiver.mayReceiveAs(role) ? Optional.empty() : Optional.of(notEligible(role));
    }

    /** @param giver the giver's directory entry; null if there is none */
    static Optional<Problem> refusal(Giving giving, Directory.@Nullable Membership giver) {
        return giving.needsAllowance() && (giver == null || !giver.active())
                ? Optional.of(Problem.of(
                        403,
                        ProblemType.NO_ALLOWANCE.slug(),
                        "The caller has nothing to give",
                        "Only active members of the company have an allowance."))
                : Optional.empty();
    }

    /** The same whether the member is unknown, another tenant's, inactive or of another role. */
    private static Problem notEligible(MemberRole role) {
        return Problem.of(
                        422,
                        "receiver-not-eligible",
                        "The receiver is not eligible",
                        "The receiver must be an active member of your tenant with the role " + role.word() + ".")
                .withError("to_user_id", "is not an active " + role.word() + " of your tenant")
                .with("reason", RefusalReason.RECEIVER_NOT_ELIGIBLE);
    }
}
