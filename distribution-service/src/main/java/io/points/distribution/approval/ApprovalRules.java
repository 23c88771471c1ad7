package io.points.distribution.approval;

import io.points.contract.RefusalReason;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may decide about what waits for approval, and what comes of it. Plain decisions. */
final class ApprovalRules {

    /** What somebody wants to come of it. */
    enum Wish {
        APPROVE,
        REJECT,
        WITHDRAW
    }

    /**
     * What somebody has decided before.
     *
     * @param level counts the votes from 1
     */
    record Vote(UUID voter, int level, boolean approved, Instant at) {}

    /** What comes of a wish. */
    sealed interface Decision {}

    /**
     * It is approved by one more.
     *
     * @param level how many have approved it now
     * @param isLast whether it takes no further one
     */
    record Approved(int level, boolean isLast) implements Decision {}

    /**
     * It goes back.
     *
     * @param level of the vote against it; null if it is withdrawn, which is no vote
     */
    record GoesBack(RefusalReason why, @Nullable Integer level) implements Decision {}

    /** It is decided, where one other person is enough. */
    record Decided(ApprovalState state) implements Decision {}

    /** The same person has decided the same before. */
    record Unchanged() implements Decision {}

    /** It was decided otherwise, or by others, or its time is over; or they themselves have approved it, who now reject it. */
    record AlreadyDecided(ApprovalState state, Instant at) implements Decision {}

    /** Its points wait for no decision, or not yet. */
    record NotHeld() implements Decision {}

    /** Nobody decides about what they have asked for. */
    record SecondPersonRequired() implements Decision {}

    /** Nobody decides about what they would get. */
    record ConflictOfInterest() implements Decision {}

    /** Nobody withdraws what another has asked for. */
    record ProposerRequired() implements Decision {}

    private ApprovalRules() {}

    /**
     * @param asked what is decided about
     * @param updatedAt when its state was reached
     * @param heldUntil when it goes back by itself, while it waits
     * @param votes about it
     * @param receives whether {@code by} is among its receivers
     */
    static Decision decide(
            Distribution asked,
            Instant updatedAt,
            @Nullable Instant heldUntil,
            List<Vote> votes,
            Wish wish,
            UUID by,
            boolean receives,
            Instant now) {
        var own = by.equals(asked.requestedBy());
        if (asked.approval() == null || asked.state() == State.REQUESTED) {
            return new NotHeld();
        }
        if (asked.state() != State.HELD) {
            var state = ApprovalState.of(asked.state(), asked.reason());
            return isTheirs(state, wish, by, own, votes) ? new Unchanged() : new AlreadyDecided(state, updatedAt);
        }
        if (heldUntil != null && !now.isBefore(heldUntil)) {
            return new AlreadyDecided(ApprovalState.EXPIRED, heldUntil);
        }
        if (wish == Wish.WITHDRAW) {
            return own ? new GoesBack(RefusalReason.WITHDRAWN, null) : new ProposerRequired();
        }
        if (own || by.equals(asked.fromUserId())) {
            return new SecondPersonRequired();
        }
        if (receives) {
            return new ConflictOfInterest();
        }
        // Those of what still waits are all for it.
        var earlier = votes.stream().filter(vote -> vote.voter().equals(by)).findFirst();
        if (earlier.isPresent()) {
            return wish == Wish.APPROVE
                    ? new Unchanged()
                    : new AlreadyDecided(ApprovalState.APPROVED, earlier.get().at());
        }
        var level = votes.size() + 1;
        return wish == Wish.APPROVE
                ? new Approved(level, level >= asked.approval().levels())
                : new GoesBack(RefusalReason.APPROVAL_REJECTED, level);
    }

    private static boolean isTheirs(ApprovalState state, Wish wish, UUID by, boolean own, List<Vote> votes) {
        return switch (wish) {
            case APPROVE -> state == ApprovalState.APPROVED && hasVoted(votes, by);
            case REJECT ->
                state == ApprovalState.REJECTED
                        && votes.stream().anyMatch(vote -> vote.voter().equals(by) && !vote.approved());
            case WITHDRAW -> state == ApprovalState.WITHDRAWN && own;
        };
    }

    private static boolean hasVoted(List<Vote> votes, UUID by) {
        return votes.stream().anyMatch(vote -> vote.voter().equals(by));
    }
}
