package io.points.distribution.policy;

import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do with budgets, and what would have happened with it.
 *
 * @param policy with what is usual where nothing is said
 * @param delegationOfToday until when points can be given on that are delegated today, unless their purchase lapses before; null: for ever
 * @param delegations how many would have lapsed in these days
 * @param points of them: what has been given on meanwhile would not have lapsed
 * @param days when they would have lapsed
 * @param complete whether all delegations were looked at, or only the newest
 */
@Schema(name = "PolicyCheckOfBudgets")
record BudgetsPreview(
        BudgetsPolicy policy,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate delegationOfToday,

        int delegations,
        @AlsoText long points,
        List<Day> days,
        boolean complete) {

    /** One on which points would have lapsed. */
    @Schema(name = "PolicyCheckOfBudgetsDay")
    record Day(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            int delegations,
            @AlsoText long points) {
        private static Day of(Credited lapsed) {
            return new Day(lapsed.day(), lapsed.credits(), lapsed.points());
        }
    }

    /**
     * @param delegated in the span
     * @param complete whether these are all
     */
    static BudgetsPreview of(BudgetsPolicy policy, LocalDate today, List<Credited> delegated, boolean complete) {
        if (policy.expires() == null) {
            return new BudgetsPreview(policy, null, 0, 0, List.of(), complete);
        }
        var expiry = policy.expires().expiry();
        var days =
                Lookback.lapsed(expiry, today, delegated).stream().map(Day::of).toList();
        return new BudgetsPreview(
                policy,
                expiry.lastDay(today),
                days.stream().mapToInt(Day::delegations).sum(),
                days.stream().mapToLong(Day::points).sum(),
                days,
                complete);
    }
}
