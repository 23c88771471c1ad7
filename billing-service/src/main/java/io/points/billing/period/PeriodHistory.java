package io.points.billing.period;

import io.points.billing.statement.Closing;
import io.points.billing.statement.Document;
import io.points.billing.statement.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a month stands: what finance has done with it so far. A month that nothing was done with is open.
 *
 * @param turns how often any month of the tenant was closed or reopened until now
 */
record PeriodHistory(List<Step> steps, long turns) {

    /** Whether things may still change. */
    enum State {
        /** What happens in the month is counted to it. */
        OPEN,
        /** Finance reviews the figures; late events still count towards the month. */
        SOFT_CLOSED,
        /** Nothing changes any more; what comes late counts to the next month. */
        CLOSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be done. */
    enum Action {
        SOFT_CLOSED,
        SOFT_CLOSE_UNDONE,
        CLOSED,
        REOPENING_PROPOSED,
        REOPENING_REJECTED,
        REOPENING_WITHDRAWN,
        REOPENING_LAPSED,
        REOPENED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** True if it changes which months of the tenant are closed. */
        boolean isTurn() {
            return this == CLOSED || this == REOPENED;
        }
    }

    /**
     * Something that was done.
     *
     * @param number 1, 2, … within the month
     * @param by subject of the token of whoever did it; of a proposal that has lapsed, of whoever made it
     * @param document the statement as it was closed; null unless it was
     * @param turns how often any month of the tenant was closed or reopened before
     */
    record Step(
            int number,
            Action action,
            String reason,
            UUID by,
            Instant at,
            @Nullable Document document,
            long turns) {}

    State state() {
        var newest = newest();
        if (newest == null) {
            return State.OPEN;
        }
        return switch (newest.action()) {
            case SOFT_CLOSE_UNDONE, REOPENED -> State.OPEN;
            case SOFT_CLOSED -> State.SOFT_CLOSED;
            case CLOSED, REOPENING_PROPOSED, REOPENING_REJECTED, REOPENING_WITHDRAWN, REOPENING_LAPSED -> State.CLOSED;
        };
    }

    /** Who has soft-closed it; null unless it is soft-closed. */
    @Nullable
    UUID softClosedBy() {
        var newest = newest();
        return newest != null && newest.action() == Action.SOFT_CLOSED ? newest.by() : null;
    }

    /** True if its soft-close was undone, and nothing has followed. */
    boolean isSoftCloseUndone() {
        var newest = newest();
        return newest != null && newest.action() == Action.SOFT_CLOSE_UNDONE;
    }

    /** Who has proposed to reopen it and waits for somebody else; null if nobody does. */
    @Nullable
    UUID proposedBy() {
        var proposal = proposal();
        return proposal != null && proposal.turns() == turns ? proposal.by() : null;
    }

    /**
     * True if it was proposed to reopen it, but months of the tenant were closed or reopened since: what was proposed was
     * about other books.
     */
    boolean isProposalOutdated() {
        var proposal = proposal();
        return proposal != null && proposal.turns() != turns;
    }

    /** The proposal to reopen it, if that was the last thing to happen; null if something else was. */
    @Nullable
    Step proposal() {
        var newest = newest();
        return newest != null && newest.action() == Action.REOPENING_PROPOSED ? newest : null;
    }

    /** When the proposal has lapsed that was the last thing to happen; null if something else was. */
    @Nullable
    Instant lapsedAt() {
        var newest = newest();
        return newest != null && newest.action() == Action.REOPENING_LAPSED ? newest.at() : null;
    }

    /** The statement as it is closed; null if the month is not closed. */
    @Nullable
    Document document() {
        if (state() != State.CLOSED) {
            return null;
        }
        return document(closings());
    }

    /** How often the month was closed. */
    long closings() {
        return closed().size();
    }

    /** The statements that were issued for it, oldest first. */
    List<Revision> revisions() {
        var revisions = new ArrayList<Revision>();
        for (var step : closed()) {
            revisions.add(Closing.after(revisions, step.at(), step.by())
                    .issued(Objects.requireNonNull(step.document()).sha256()));
        }
        return List.copyOf(revisions);
    }

    /** The statement that was issued as this revision; null if there is none. */
    @Nullable
    Document document(long revision) {
        var closed = closed();
        return revision >= 1 && revision <= closed.size()
                ? closed.get((int) revision - 1).document()
                : null;
    }

    /** Where it stands once a step was taken. */
    PeriodHistory after(Step step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return new PeriodHistory(List.copyOf(more), step.action().isTurn() ? turns + 1 : turns);
    }

    /** The same once other months of the tenant were closed or reopened so many times. */
    PeriodHistory later(int more) {
        return new PeriodHistory(steps, turns + more);
    }

    int nextNumber() {
        return steps.size() + 1;
    }

    private List<Step> closed() {
        return steps.stream().filter(it -> it.action() == Action.CLOSED).toList();
    }

    private @Nullable Step newest() {
        return steps.isEmpty() ? null : steps.get(steps.size() - 1);
    }
}
