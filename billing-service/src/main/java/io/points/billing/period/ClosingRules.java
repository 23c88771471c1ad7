package io.points.billing.period;

import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodRules.Decision;
import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.PeriodRules.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When a month can be closed for good. Plain decisions. */
final class ClosingRules {

    private ClosingRules() {}

    /**
     * With it, the earlier months that are open are closed.
     *
     * @param closer who closes it, if that must not be who soft-closed it; null if anybody may
     */
    static Decision close(
            PeriodHistory history,
            Surroundings around,
            PeriodCompleteness heard,
            EarlierMonths earlier,
            @Nullable UUID closer) {
        if (history.state() == State.CLOSED) {
            return new Unchanged();
        }
        var obstacles = obstacles(history.state(), around, heard, earlier);
        if (!obstacles.isEmpty()) {
            return obstacles.get(0);
        }
        var alone = alone(closer, history.softClosedBy());
        return alone == null ? new Done(Action.CLOSED) : alone;
    }

    /**
     * Why it takes another person to close a month.
     *
     * @param closer as above
     * @return null if it does not
     */
    static @Nullable Refused alone(@Nullable UUID closer, @Nullable UUID softClosedBy) {
        return closer != null && closer.equals(softClosedBy)
                ? new Refused(Refusal.SECOND_PERSON_REQUIRED, "You soft-closed it yourself.")
                : null;
    }

    /** All that stands in the way of closing a month, the first thing to remove first; nothing if it is closed. */
    static List<Refused> obstacles(State state, Surroundings around, PeriodCompleteness heard, EarlierMonths earlier) {
        if (state == State.CLOSED) {
            return List.of();
        }
        var impossible = PeriodRules.impossible(around);
        if (impossible != null) {
            return List.of(impossible);
        }
        var obstacles = new ArrayList<Refused>();
        if (state == State.OPEN) {
            obstacles.add(new Refused(Refusal.PERIOD_NOT_SOFT_CLOSED, "Soft-close it first."));
        }
        if (!around.isOver()) {
            obstacles.add(new Refused(Refusal.PERIOD_NOT_OVER, PeriodRules.NOT_OVER));
        }
        var open = earlier.obstacle();
        if (open != null) {
            obstacles.add(new Refused(Refusal.EARLIER_PERIOD_OPEN, open));
        }
        if (!heard.isComplete()) {
            obstacles.add(new Refused(Refusal.PERIOD_INCOMPLETE, heard.missing() + " Retry later."));
        }
        return List.copyOf(obstacles);
    }
}
