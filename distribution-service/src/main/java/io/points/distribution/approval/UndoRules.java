package io.points.distribution.approval;

import io.points.distribution.approval.ApprovalRules.AlreadyDecided;
import io.points.distribution.approval.ApprovalRules.ConflictOfInterest;
import io.points.distribution.approval.ApprovalRules.Decided;
import io.points.distribution.approval.ApprovalRules.Decision;
import io.points.distribution.approval.ApprovalRules.ProposerRequired;
import io.points.distribution.approval.ApprovalRules.SecondPersonRequired;
import io.points.distribution.approval.ApprovalRules.Unchanged;
import io.points.distribution.approval.ApprovalRules.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Who may decide about what is to be taken back, and until when. Plain decisions. */
final class UndoRules {

    /** So long it can be decided about at most; then it has expired, for nobody's silence is a yes. */
    static final Duration LIFE = Duration.ofDays(14);

    private UndoRules() {}

    /**
     * Until when it can be decided about.
     *
     * @param possibleUntil until when it can be taken back at all
     */
    static Instant expiry(Instant now, Instant possibleUntil) {
        var last = now.plus(LIFE);
        return possibleUntil.isBefore(last) ? possibleUntil : last;
    }

    /** @param received whether {@code by} is among those who would lose the points */
    static Decision decide(UndoProposal asked, Wish wish, UUID by, boolean received, Instant now) {
        var wanted =
                switch (wish) {
                    case APPROVE -> ApprovalState.APPROVED;
                    case REJECT -> ApprovalState.REJECTED;
                    case WITHDRAW -> ApprovalState.WITHDRAWN;
                };
        if (asked.state() != ApprovalState.OPEN) {
            return asked.state() == wanted && by.equals(asked.decidedBy())
                    ? new Unchanged()
                    : new AlreadyDecided(asked.state(), asked.decidedAt());
        }
        if (!now.isBefore(asked.expiresAt())) {
            return new AlreadyDecided(ApprovalState.EXPIRED, asked.expiresAt());
        }
        var own = by.equals(asked.requestedBy());
        if (wish == Wish.WITHDRAW) {
            return own ? new Decided(wanted) : new ProposerRequired();
        }
        if (own) {
            return new SecondPersonRequired();
        }
        return received ? new ConflictOfInterest() : new Decided(wanted);
    }
}
