package io.points.billing.period;

import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.PeriodRules.Refused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a closing job made of a tenant's month, or would make of it.
 *
 * @param outcome null if its turn has not come
 * @param refused why it was refused; null unless it was
 */
record ClosingResult(
        UUID tenantId, @Nullable Outcome outcome, @Nullable Refused refused) {

    /**
     * What would become of a month that is asked for now.
     *
     * @param softClose whether it is soft-closed first, if it is open
     * @param closer who closes it, if that must not be who soft-closed it; null if anybody may
     */
    static ClosingResult of(Standing standing, boolean softClose, @Nullable UUID closer) {
        if (standing.state() == PeriodHistory.State.CLOSED) {
            return new ClosingResult(standing.tenantId(), Outcome.ALREADY_CLOSED, null);
        }
        var softClosedBy = standing.state() == PeriodHistory.State.OPEN ? closer : standing.softClosedBy();
        var obstacle = standing.refusal(softClose);
        var refused = obstacle == null ? ClosingRules.alone(closer, softClosedBy) : obstacle;
        return new ClosingResult(standing.tenantId(), refused == null ? Outcome.CLOSED : Outcome.REFUSED, refused);
    }
}
