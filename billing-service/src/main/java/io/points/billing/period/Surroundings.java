package io.points.billing.period;

import io.points.billing.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about a month depends on beside the month itself. All of it is looked at anew for each decision: what was
 * so when a step was taken need not be so at the next one.
 *
 * @param tenantExisted true if the tenant existed in the month or before it
 * @param hasBegun true if the month runs or is over
 * @param isOver true if the month is over
 * @param laterIsClosed true if the month after it is closed, which begins with what this one ends with
 */
record Surroundings(boolean tenantExisted, boolean hasBegun, boolean isOver, boolean laterIsClosed) {

    /**
     * @param since the first month of the tenant; null if nothing is known of it
     * @param closedThrough the newest closed month; null if there is none
     */
    static Surroundings of(Period month, @Nullable Period since, @Nullable Period closedThrough, Instant now) {
        boolean existed = since != null && !month.isBefore(since);
        return new Surroundings(
                existed,
                !now.isBefore(month.start()),
                !now.isBefore(month.end()),
                closedThrough != null && !closedThrough.isBefore(month.next()));
    }
}
