package io.points.billing.period;

import io.points.billing.statement.Document;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a month stands: what finance has done with it so far. A month that nothing was done with is open. */
record Standing(List<Step> steps) {

    /** Whether things may still change. */
    enum State {
        /** What happens in the month is counted to it. */
        OPEN,
        /** Finance looks at the figures; what comes late is still counted to the month. */
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
        CLOSED,
        REOPENING_PROPOSED,
        REOPENED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Something that was done.
     *
     * @param number 1, 2, … within the month
     * @param by subject of the token of whoever did it
     * @param document the statement as it was closed; null unless it was
     */
    record Step(
            int number,
            Action action,
            String reason,
            UUID by,
            Instant at,
            @Nullable Document document) {}

    State state() {
        var newest = newest();
        if (newest == null || newest.action() == Action.REOPENED) {
            return State.OPEN;
        }
        return newest.action() == Action.SOFT_CLOSED ? State.SOFT_CLOSED : State.CLOSED;
    }

    /** Who has proposed to reopen it; null if nobody has since it was closed. */
    @Nullable
    UUID proposedBy() {
        var newest = newest();
        return newest != null && newest.action() == Action.REOPENING_PROPOSED ? newest.by() : null;
    }

    /** The statement as it is closed; null if the month is not closed. */
    @Nullable
    Document document() {
        if (state() != State.CLOSED) {
            return null;
        }
        return steps.stream()
                .filter(it -> it.action() == Action.CLOSED)
                .reduce((earlier, later) -> later)
                .map(Step::document)
                .orElseThrow();
    }

    int nextNumber() {
        return steps.size() + 1;
    }

    private @Nullable Step newest() {
        return steps.isEmpty() ? null : steps.get(steps.size() - 1);
    }
}
