package io.points.distribution.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleDepartments;
import io.points.distribution.rule.RuleJson;
import io.points.ledger.dates.ExpiryTerms;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * By which rules a tenant's points are dated, and who may give how much.
 *
 * @param revision 0 while nobody has said anything
 * @param budgets what leads have to give on
 * @param undoApprovalAbove taking back more points than that at once takes two people; null: it never does
 * @param closedDepartmentRules the ids of the rules that name a department that is closed, to whoever reads or changes it; absent if none does
 * @param warning {@link #NO_OTHER_MANAGER} to whoever reads or changes it where something must be approved; absent otherwise
 */
@Schema(name = "Policy")
record PolicyView(
        long revision,
        EarnedPolicy earned,
        BudgetsPolicy budgets,
        List<Rule> rules,
        @Nullable Long undoApprovalAbove,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> closedDepartmentRules,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(enumeration = NO_OTHER_MANAGER) @Nullable
        String warning) {

    /** The directory knows nobody else who could approve anything: what waits may go back when its time is over. */
    static final String NO_OTHER_MANAGER = "no-other-manager-known";

    static final PolicyView NONE = of(0, EarnedPolicy.NONE, BudgetsPolicy.NONE, List.of(), null);

    /** Without a warning. */
    static PolicyView of(
            long revision,
            EarnedPolicy earned,
            BudgetsPolicy budgets,
            List<Rule> rules,
            @Nullable Long undoApprovalAbove) {
        return new PolicyView(revision, earned, budgets, rules, undoApprovalAbove, null, null);
    }

    /**
     * To somebody who reads or changes it.
     *
     * @param closed the departments that its rules name and that are closed
     * @param of what such a reader is warned of besides; null: of nothing
     */
    PolicyView warned(Set<UUID> closed, @Nullable String of) {
        var idle = RuleDepartments.naming(rules, closed);
        return new PolicyView(revision, earned, budgets, rules, undoApprovalAbove, idle.isEmpty() ? null : idle, of);
    }

    /** Whether something takes another person. */
    boolean asksForApproval() {
        return undoApprovalAbove != null || rules.stream().anyMatch(rule -> rule.then() == Rule.Then.APPROVE);
    }

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
        return of(
                revision,
                new EarnedPolicy(ExpiryTerms.of(row, "earned"), row.getString("earned_to"), notices),
                budgetsTo == null ? BudgetsPolicy.NONE : new BudgetsPolicy(ExpiryTerms.of(row, "budgets"), budgetsTo),
                json.read(row.getString("rules")),
                row.getLong("undo_approval_above"));
    }

    /** The same rules, whatever their revision. */
    boolean says(PolicyView other) {
        return earned.equals(other.earned)
                && budgets.equals(other.budgets)
                && rules.equals(other.rules)
                && Objects.equals(undoApprovalAbove, other.undoApprovalAbove);
    }
}
