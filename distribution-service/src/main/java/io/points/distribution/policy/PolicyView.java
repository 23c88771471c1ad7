package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * By which rules a tenant's points are dated.
 *
 * @param revision 0 while nobody has said anything
 * @param budgets what leads have to give on
 */
@Schema(name = "Policy")
record PolicyView(long revision, EarnedPolicy earned, BudgetsPolicy budgets) {

    static final PolicyView NONE = new PolicyView(0, EarnedPolicy.NONE, BudgetsPolicy.NONE);

    /** A row of {@code policies}. It may be there for the time zone alone. */
    static PolicyView of(Row row) {
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
                budgetsTo == null ? BudgetsPolicy.NONE : new BudgetsPolicy(ExpiryTerms.of(row, "budgets"), budgetsTo));
    }

    /** The same rules, whatever their revision. */
    boolean says(PolicyView other) {
        return earned.equals(other.earned) && budgets.equals(other.budgets);
    }
}
