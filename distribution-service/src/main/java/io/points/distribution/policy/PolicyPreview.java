package io.points.distribution.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do, and what would have happened with it. Nothing was changed.
 *
 * @param policy with what is usual where nothing is said
 * @param awardOfToday until when points can be used that are awarded today; null: for ever
 * @param from the first of the last 90 days
 * @param awards how many awards would have lapsed in these days
 * @param points of them: what has been used meanwhile would not have lapsed
 * @param days when they would have lapsed
 * @param complete whether all awards were looked at, or only the newest
 * @param budgets the same of what leads have to give on
 * @param rules what of these days' awards and delegations each rule would have refused, or had approved, and how often it would have told, had it always been there
 * @param rulesComplete whether all awards and delegations were looked at, or only the newest
 * @param undos how often awards and batches were taken back in these days
 * @param undosByTwo how many of them would have taken two people
 * @param warning as of the policy itself
 */
@Schema(name = "PolicyCheck")
record PolicyPreview(
        EarnedPolicy policy,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate awardOfToday,

        @Schema(implementation = String.class, format = "date")
        LocalDate from,

        int awards,
        @AlsoText long points,
        List<Day> days,
        boolean complete,
        BudgetsPreview budgets,
        List<OfRule> rules,
        boolean rulesComplete,
        int undos,
        int undosByTwo,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(enumeration = PolicyView.NO_OTHER_MANAGER) @Nullable
        String warning) {

    /** One on which points would have lapsed. */
    @Schema(name = "PolicyCheckDay")
    record Day(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            int awards,
            @AlsoText long points) {
        private static Day of(Credited lapsed) {
            return new Day(lapsed.day(), lapsed.credits(), lapsed.points());
        }
    }

    /**
     * One rule.
     *
     * @param awards how many it would have refused, had approved, or only told of
     * @param points of them
     * @param alerts how often it would have told the managers
     */
    @Schema(name = "PolicyCheckRule")
    record OfRule(String rule, int awards, @AlsoText long points, int alerts) {}

    /** The same, with what rules would have done. */
    PolicyPreview with(List<OfRule> ofRules, boolean all) {
        return new PolicyPreview(
                policy,
                awardOfToday,
                from,
                awards,
                points,
                days,
                complete,
                budgets,
                ofRules,
                all,
                undos,
                undosByTwo,
                warning);
    }

    /** The same, with how much was taken back. */
    PolicyPreview withUndos(int all, int byTwo) {
        return new PolicyPreview(
                policy,
                awardOfToday,
                from,
                awards,
                points,
                days,
                complete,
                budgets,
                rules,
                rulesComplete,
                all,
                byTwo,
                warning);
    }

    /** The same, to somebody who may be alone. */
    PolicyPreview warned(@Nullable String of) {
        return new PolicyPreview(
                policy,
                awardOfToday,
                from,
                awards,
                points,
                days,
                complete,
                budgets,
                rules,
                rulesComplete,
                undos,
                undosByTwo,
                of);
    }

    /**
     * @param awarded in the span
     * @param complete whether these are all
     */
    static PolicyPreview of(
            EarnedPolicy policy, LocalDate today, List<Credited> awarded, boolean complete, BudgetsPreview budgets) {
        var from = Lookback.from(today);
        if (policy.expires() == null) {
            return new PolicyPreview(
                    policy, null, from, 0, 0, List.of(), complete, budgets, List.of(), true, 0, 0, null);
        }
        var expiry = policy.expires().expiry();
        var days = Lookback.lapsed(expiry, today, awarded).stream().map(Day::of).toList();
        return new PolicyPreview(
                policy,
                expiry.lastDay(today),
                from,
                days.stream().mapToInt(Day::awards).sum(),
                days.stream().mapToLong(Day::points).sum(),
                days,
                complete,
                budgets,
                List.of(),
                true,
                0,
                0,
                null);
    }
}
