package io.points.distribution.saga;

import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.platform.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether somebody may receive what is asked for, as far as the directory can tell. */
final class Eligibility {

    private Eligibility() {}

    /** @param receiver what the directory says of the receiver; null if it does not know them */
    static Optional<Problem> refusal(Request request, Directory.@Nullable Membership receiver) {
        if (request.fromUserId().equals(request.toUserId())) {
            return Optional.of(
                    Problem.of(422, "self-award", "Nobody awards themselves", "The receiver must be somebody else.")
                            .withError("to_user_id", "must not be the caller"));
        }
        var fitting = request.in(State.REQUESTED, null).requiredRole();
        return canTake(receiver, fitting) ? Optional.empty() : Optional.of(notEligible(fitting));
    }

    /** The lines of a batch that cannot be awarded. */
    static List<Batch.Line> refused(Batch batch, Map<Directory.Key, Directory.Membership> members) {
        return batch.lines().stream()
                .filter(line -> batch.fromUserId().equals(line.toUserId())
                        || !canTake(members.get(batch.receiver(line)), MemberRole.EMPLOYEE))
                .toList();
    }

    private static boolean canTake(Directory.@Nullable Membership receiver, MemberRole fitting) {
        return receiver != null && receiver.mayReceiveAs(fitting);
    }

    /** The same whether the member is unknown, another tenant's, inactive or of another role. */
    private static Problem notEligible(MemberRole role) {
        return Problem.of(
                        422,
                        "receiver-not-eligible",
                        "The receiver cannot receive this",
                        "The receiver must be an active member of your tenant with the role " + role.word() + ".")
                .withError("to_user_id", "is not an active " + role.word() + " of your tenant")
                .with("reason", RefusalReason.RECEIVER_NOT_ELIGIBLE);
    }
}
