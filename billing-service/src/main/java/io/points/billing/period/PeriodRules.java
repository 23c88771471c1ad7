package io.points.billing.period;

import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodHistory.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What finance may do with a month. Plain decisions. */
final class PeriodRules {

    /** The word for a month that ended before the tenant was there. */
    static final String BEFORE_TENANT = "before_tenant";

    /** The word for a month in the future. */
    static final String NOT_BEGUN = "not_begun";

    /** What came of it. */
    sealed interface Decision {}

    /** It is done. */
    record Done(Action action) implements Decision {}

    /** It was so already. */
    record Unchanged() implements Decision {}

    /** It is refused. */
    record Refused(Refusal refusal, String detail) implements Decision {}

    /** Why something is refused. */
    enum Refusal {
        PERIOD_NOT_OVER("The month is not over"),
        TENANT_NOT_YET_KNOWN("The tenant did not exist in the month"),
        PERIOD_INCOMPLETE("Events of the month are missing"),
        PERIOD_NOT_SOFT_CLOSED("The month is not soft-closed"),
        PERIOD_NOT_CLOSED("The month is not closed"),
        PERIOD_CLOSED("The month is closed"),
        EARLIER_PERIOD_OPEN("An earlier month is not closed"),
        LATER_PERIOD_CLOSED("A later month is closed"),
        REOPENING_NOT_PROPOSED("Nobody has proposed to reopen the month"),
        REOPENING_PROPOSED_ALREADY("Another person has already proposed to reopen the month"),
        REOPENING_OUTDATED("The proposal to reopen the month is out of date"),
        REOPENING_LAPSED("The proposal to reopen the month has lapsed"),
        PROPOSER_REQUIRED("Only whoever proposed it can withdraw it"),
        SECOND_PERSON_REQUIRED("Another person must approve it"),
        LATE_ENTRIES_INCOMPLETE("The entries cannot be moved without others");

        private final String title;

        Refusal(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** The last part of the problem's type. */
        String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Refusal of(String slug) {
            return valueOf(slug.replace('-', '_').toUpperCase(Locale.ROOT));
        }
    }

    /** So long a proposal can be approved. */
    static final Duration PROPOSAL_LIFE = Duration.ofDays(7);

    /** Of a month before the first one in which anything was counted. */
    private static final String NOTHING_COUNTED = "The month has no movements, and later months are closed.";

    private static final String NO_TENANT = "The tenant's first month is later.";

    static final String NOT_OVER = "A month can be soft-closed once the next month has begun (UTC).";

    private PeriodRules() {}

    /** What a month is called that nothing can be done with: it is neither open nor closed. */
    static String word(State state, Surroundings around) {
        if (state != State.OPEN) {
            return state.word();
        }
        if (!around.tenantExisted()) {
            return BEFORE_TENANT;
        }
        return around.hasBegun() ? State.OPEN.word() : NOT_BEGUN;
    }

    static Decision softClose(PeriodHistory history, Surroundings around) {
        if (history.state() == State.CLOSED) {
            return new Refused(Refusal.PERIOD_CLOSED, "Propose to reopen it first.");
        }
        var impossible = impossible(around);
        if (impossible != null) {
            return impossible;
        }
        if (!around.isOver()) {
            return new Refused(Refusal.PERIOD_NOT_OVER, NOT_OVER);
        }
        return history.state() == State.SOFT_CLOSED ? new Unchanged() : new Done(Action.SOFT_CLOSED);
    }

    /** The month is open again: nobody has to see it through to its closing and reopening to look at it anew. */
    static Decision undoSoftClose(PeriodHistory history) {
        return switch (history.state()) {
            case SOFT_CLOSED -> new Done(Action.SOFT_CLOSE_UNDONE);
            case CLOSED -> new Refused(Refusal.PERIOD_CLOSED, "Propose to reopen it.");
            case OPEN ->
                history.isSoftCloseUndone()
                        ? new Unchanged()
                        : new Refused(Refusal.PERIOD_NOT_SOFT_CLOSED, "There is no soft-close to undo.");
        };
    }

    static Decision proposeReopening(PeriodHistory history, Surroundings around, UUID by) {
        if (history.state() != State.CLOSED) {
            return new Refused(Refusal.PERIOD_NOT_CLOSED, "Only a closed month can be reopened.");
        }
        if (around.laterIsClosed()) {
            return new Refused(
                    Refusal.LATER_PERIOD_CLOSED,
                    "Later months start from this month's closing balances: reopen them first, newest first.");
        }
        var proposedBy = history.proposedBy();
        if (proposedBy == null) {
            return new Done(Action.REOPENING_PROPOSED);
        }
        return proposedBy.equals(by)
                ? new Unchanged()
                : new Refused(Refusal.REOPENING_PROPOSED_ALREADY, "Approve or reject that proposal first.");
    }

    static Decision approveReopening(PeriodHistory history, Surroundings around, UUID by) {
        var missing = proposalMissing(history, around);
        if (missing != null) {
            return missing;
        }
        return by.equals(history.proposedBy())
                ? new Refused(Refusal.SECOND_PERSON_REQUIRED, "You proposed it yourself.")
                : new Done(Action.REOPENED);
    }

    /** Anybody may, whoever has proposed it too: nothing is reopened by it. */
    static Decision rejectReopening(PeriodHistory history, Surroundings around) {
        var missing = proposalMissing(history, around);
        return missing == null ? new Done(Action.REOPENING_REJECTED) : missing;
    }

    /** Nobody else may: they reject it. */
    static Decision withdrawReopening(PeriodHistory history, Surroundings around, UUID by) {
        var missing = proposalMissing(history, around);
        if (missing != null) {
            return missing;
        }
        return by.equals(history.proposedBy())
                ? new Done(Action.REOPENING_WITHDRAWN)
                : new Refused(Refusal.PROPOSER_REQUIRED, "Another person's proposal can be approved or rejected.");
    }

    /**
     * What becomes of a proposal, outdated or not, that nobody has decided about in time. It lapses when its time is over, not when
     * somebody looks.
     *
     * @return null unless there is such a proposal
     */
    static @Nullable Step lapse(PeriodHistory history, Instant now) {
        var proposal = history.proposal();
        if (proposal == null || now.isBefore(lapsesAt(proposal))) {
            return null;
        }
        return new Step(
                history.nextNumber(),
                Action.REOPENING_LAPSED,
                "Nobody approved it within 7 days.",
                proposal.by(),
                lapsesAt(proposal),
                null,
                history.turns());
    }

    static Instant lapsesAt(Step proposal) {
        return proposal.at().plus(PROPOSAL_LIFE);
    }

    /** What was booked late belongs into a month that is open again; null if it can go there. */
    static @Nullable Refused moveLateEntries(PeriodHistory history, Surroundings around) {
        return history.state() == State.CLOSED
                ? new Refused(Refusal.PERIOD_CLOSED, "Propose to reopen it first.")
                : impossible(around);
    }

    /** Why nothing can be done with a month; null if something can. */
    static @Nullable Refused impossible(Surroundings around) {
        if (around.laterIsClosed()) {
            return new Refused(Refusal.LATER_PERIOD_CLOSED, NOTHING_COUNTED);
        }
        return around.tenantExisted() ? null : new Refused(Refusal.TENANT_NOT_YET_KNOWN, NO_TENANT);
    }

    /** A proposal is about the books as they stood: it dies with the next month that is closed or reopened. */
    private static @Nullable Refused proposalMissing(PeriodHistory history, Surroundings around) {
        var lapsedAt = history.lapsedAt();
        if (lapsedAt != null) {
            return new Refused(
                    Refusal.REOPENING_LAPSED,
                    "It lapsed at %s, 7 days after it was made: propose it again.".formatted(lapsedAt));
        }
        if (history.isProposalOutdated()) {
            return around.laterIsClosed()
                    ? new Refused(Refusal.LATER_PERIOD_CLOSED, "Reopen later months first, newest first.")
                    : new Refused(
                            Refusal.REOPENING_OUTDATED,
                            "Later months were closed and reopened after the proposal: propose it again.");
        }
        return history.proposedBy() == null
                ? new Refused(
                        Refusal.REOPENING_NOT_PROPOSED,
                        "One finance user must propose it, and another must approve it.")
                : null;
    }
}
