package io.points.distribution.policy;

import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleJson;
import io.points.ledger.dates.ExpiryTerms;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * By which rules a tenant's points are dated, and who may give how much.
 *
 * @param revision 0 while nobody has said anything
 * @param budgets what leads have to give on
 */
@Schema(name = "Policy")
record PolicyView(long revision, EarnedPolicy earned, BudgetsPolicy budgets, List<Rule> rules) {

    static final PolicyView NONE = new PolicyView(0, EarnedPolicy.NONE, BudgetsPolicy.NONE, List.of());

    /** A row of {@code policies}. It may be there for the time zone alone. */
    static PolicyView of(Row row, RuleJson json) {
        long revision = row.getLong("revision");
        if (revision == 0) {
            return NONE;
        }
        var notices = Arrays.stream(row.getArrayOfIntegers("earned_notice_days"))
                .map(Integer::longValue)
                .toList();
        var budgetsTo = row.getString("budgets_to");
        return new PolicyView(
                revision,
                new EarnedPolicy(ExpiryTerms.of(row, "earned"), row.getString("earned_to"), notices),
                budgetsTo == null ? BudgetsPolicy.NONE : new BudgetsPolicy(ExpiryTerms.of(row, "budgets"), budgetsTo),
                json.read(row.getString("rules")));
    }

    /** The same rules, whatever their revision. */
    boolean says(PolicyView other) {
        return earned.equals(other.earned) && budgets.equals(other.budgets) && rules.equals(other.rules);
    }
}
