package io.points.distribution.rule;

import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody may give by a rule who could give nothing otherwise. Plain decisions, without a clock. */
public final class Allowances {

    private Allowances() {}

    /**
     * Out of what somebody can give by their allowances, and in which order that is tried: each time the whole of it, for nothing is split.
     *
     * @return departments, and null for what is in no envelope; empty if they have no allowance
     */
    public static List<@Nullable UUID> funds(List<Rule> rules, Giving giving) {
        var funds = new ArrayList<@Nullable UUID>();
        for (var rule : rules) {
            if (rule.givesAllowance()
                    && giving.role() != MemberRole.MANAGER
                    && giving.kind() == GivingKind.AWARD
                    && GivingRules.holds(rules, rule, giving)
                    && !funds.contains(rule.fromDepartment())) {
                funds.add(rule.fromDepartment());
            }
        }
        return funds;
    }

    /** The first rule by which somebody gives it who could not otherwise; empty if there is none. */
    public static Optional<Rule> first(List<Rule> rules, Giving giving) {
        return of(rules, giving).stream().findFirst();
    }

    /** Whether it is given by somebody of whose allowance it is no more than is left. */
    public static boolean isWithin(List<Rule> rules, Giving giving, Known known) {
        var allowances = of(rules, giving);
        return !allowances.isEmpty()
                && allowances.stream().allMatch(rule -> GivingRules.excess(rules, rule, giving, known) == null);
    }

    /** All that hold for it. */
    static List<Rule> of(List<Rule> rules, Giving giving) {
        return rules.stream()
                .filter(Rule::givesAllowance)
                .filter(rule -> giving.needsAllowance()
                        && isOutOfItsFund(rule, giving)
                        && GivingRules.holds(rules, rule, giving))
                .toList();
    }

    /** Whether it comes out of what the allowance is to be given out of. */
    static boolean isOutOfItsFund(Rule rule, Giving giving) {
        return giving.source() == PointsSource.POOL && Objects.equals(rule.fromDepartment(), giving.departmentId());
    }

    /** To which allowance a boost of somebody's is added: the first by the month; empty if they have none. */
    public static Optional<Rule> boosted(List<Rule> rules, UUID giver, MemberRole role) {
        return rules.stream()
                .filter(rule -> rule.givesAllowance() && rule.per() == Window.MONTH)
                .filter(rule ->
                        role != MemberRole.MANAGER && GivingRules.holds(rules, rule, giver, role, GivingKind.AWARD))
                .findFirst();
    }
}
