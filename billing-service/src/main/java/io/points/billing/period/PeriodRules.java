package io.points.billing.period;

import io.points.billing.period.Standing.Action;
import io.points.billing.period.Standing.State;
import java.util.Locale;
import java.util.UUID;

/** What finance may do with a month. Plain decisions. */
final class PeriodRules {

    /** What came of it. */
    sealed interface Outcome {}

    /** It is done. */
    record Done(Action action) implements Outcome {}

    /** It was so already. */
    record Unchanged() implements Outcome {}

    /** It is refused. */
    record Refused(Refusal refusal, String detail) implements Outcome {}

    /** Why something is refused. */
    enum Refusal {
        PERIOD_NOT_OVER("The month is not over"),
        PERIOD_INCOMPLETE("Not all of the month was heard of"),
        PERIOD_NOT_SOFT_CLOSED("The month is not soft-closed"),
        PERIOD_NOT_CLOSED("The month is not closed"),
        PERIOD_CLOSED("The month is closed"),
        EARLIER_PERIOD_OPEN("An earlier month is not closed"),
        LATER_PERIOD_CLOSED("A later month is closed"),
        REOPENING_NOT_PROPOSED("Nobody has proposed to reopen the month"),
        SECOND_PERSON_REQUIRED("Another person has to approve");

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
    }

    /** Of a month before the first one in which anything was counted. */
    private static final String NOTHING_COUNTED = "Nothing was counted to this month, and nothing can be any more.";

    private PeriodRules() {}

    /**
     * @param isOver true if the month has passed
     * @param laterIsClosed true if the month after it is closed, and with it all before
     */
    static Outcome softClose(Standing standing, boolean isOver, boolean laterIsClosed) {
        if (laterIsClosed && standing.state() != State.CLOSED) {
            return new Refused(Refusal.LATER_PERIOD_CLOSED, NOTHING_COUNTED);
        }
        return switch (standing.state()) {
            case SOFT_CLOSED -> new Unchanged();
            case CLOSED -> new Refused(Refusal.PERIOD_CLOSED, "Propose to reopen it first.");
            case OPEN ->
                isOver
                        ? new Done(Action.SOFT_CLOSED)
                        : new Refused(
                                Refusal.PERIOD_NOT_OVER, "It can be soft-closed once the next month has begun (UTC).");
        };
    }

    /**
     * @param earlierAreClosed true if no earlier month in which anything was counted is open
     * @param laterIsClosed true if the month after it is closed, and with it all before
     */
    static Outcome close(Standing standing, boolean earlierAreClosed, boolean laterIsClosed, Heard heard) {
        if (standing.state() == State.CLOSED) {
            return new Unchanged();
        }
        if (laterIsClosed) {
            return new Refused(Refusal.LATER_PERIOD_CLOSED, NOTHING_COUNTED);
        }
        if (standing.state() == State.OPEN) {
            return new Refused(Refusal.PERIOD_NOT_SOFT_CLOSED, "Soft-close it first.");
        }
        if (!earlierAreClosed) {
            return new Refused(
                    Refusal.EARLIER_PERIOD_OPEN, "What it begins with is final once all months before it are closed.");
        }
        return heard.isComplete()
                ? new Done(Action.CLOSED)
                : new Refused(Refusal.PERIOD_INCOMPLETE, heard.missing() + " Try again later.");
    }

    /** @param laterIsClosed true if the month after it is closed, which begins with what this one ends with */
    static Outcome proposeReopening(Standing standing, boolean laterIsClosed, UUID by) {
        if (standing.state() != State.CLOSED) {
            return new Refused(Refusal.PERIOD_NOT_CLOSED, "Only a closed month can be reopened.");
        }
        if (laterIsClosed) {
            return new Refused(
                    Refusal.LATER_PERIOD_CLOSED,
                    "Later months begin with what this one ends with: reopen them first, the newest first.");
        }
        return by.equals(standing.proposedBy()) ? new Unchanged() : new Done(Action.REOPENING_PROPOSED);
    }

    /** @param laterIsClosed true if the month after it is closed */
    static Outcome approveReopening(Standing standing, boolean laterIsClosed, UUID by) {
        var proposedBy = standing.proposedBy();
        if (proposedBy == null) {
            return new Refused(Refusal.REOPENING_NOT_PROPOSED, "One finance user proposes it, another one approves.");
        }
        if (laterIsClosed) {
            return new Refused(Refusal.LATER_PERIOD_CLOSED, "Reopen later months first, the newest first.");
        }
        return proposedBy.equals(by)
                ? new Refused(Refusal.SECOND_PERSON_REQUIRED, "You have proposed it yourself.")
                : new Done(Action.REOPENED);
    }
}
