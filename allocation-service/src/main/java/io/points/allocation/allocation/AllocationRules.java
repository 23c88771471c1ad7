package io.points.allocation.allocation;

import io.points.allocation.alert.BudgetStanding;
import io.points.allocation.tenant.OnExceed;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Whether one platform admin allocates points, two do, or nobody. Plain decisions. All amounts are points. */
final class AllocationRules {

    /** The decision. */
    sealed interface Decision {}

    /** Whoever asks may. */
    record Allowed() implements Decision {}

    /** A second platform admin must agree. */
    record TakesTwo() implements Decision {}

    /**
     * It is more than the tenant may be allocated in the month.
     *
     * @param room what still can be
     * @param month UTC, as billing's
     */
    record CapExceeded(long room, YearMonth month) implements Decision {}

    private AllocationRules() {}

    /**
     * Refused is refused, whoever would approve it.
     *
     * @param standing of the month with this allocation; null if the tenant has no budget
     * @param approveAbove as the tenant's settings have it; null: no amount takes two
     */
    static Decision decide(
            long amount, @Nullable BudgetStanding standing, @Nullable Long approveAbove, YearMonth month) {
        boolean exceeded = standing != null && standing.exceeded();
        if (exceeded && standing.onExceed() == OnExceed.REFUSE) {
            long allocatedBefore = standing.allocatedInMonth() - amount;
            return new CapExceeded(Math.max(0, standing.monthlyBudget() - allocatedBefore), month);
        }
        boolean isLarge = approveAbove != null && amount > approveAbove;
        return isLarge || exceeded && standing.onExceed() == OnExceed.APPROVE ? new TakesTwo() : new Allowed();
    }
}
