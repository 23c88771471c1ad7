package io.points.distribution.rule;

import io.points.distribution.rule.Rule.Then;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/** What rules would have refused, or wanted approved, of what was given, had they always been there. Plain Java, without a clock. */
public final class RuleLookback {

    private RuleLookback() {}

    /** What was given on a day of the tenant's. */
    public record Past(LocalDate day, Giving giving) {}

    /** How much of it. */
    public record Refused(int awards, long points) {
        private Refused plus(long more) {
            return new Refused(awards + 1, points + more);
        }
    }

    /**
     * What each rule would have refused, or wanted approved, as if there were no others.
     *
     * @param past the earliest first
     * @return in the order of the rules
     */
    public static List<Refused> refused(List<Rule> rules, List<Past> past) {
        var refused = new ArrayList<Refused>();
        for (var rule : rules) {
            refused.add(refused(rules, rule, past));
        }
        return refused;
    }

    private static Refused refused(List<Rule> rules, Rule rule, List<Past> past) {
        var tallies = new HashMap<Subject, Tally>();
        var refused = new Refused(0, 0);
        for (var one : past) {
            Function<Subject, Tally> counted = subject ->
                    tallies.getOrDefault(subject, Tally.nothing(one.day())).at(one.day());
            if (GivingRules.excess(rules, rule, one.giving(), counted) != null) {
                refused = refused.plus(one.giving().points());
                if (rule.then() == Then.REFUSE) {
                    continue;
                }
            }
            GivingRules.shares(GivingRules.subjects(List.of(rule), one.giving()), one.giving())
                    .forEach((subject, share) -> tallies.put(
                            subject, counted.apply(subject).plus(one.giving().kind(), share.points(), share.awards())));
        }
        return refused;
    }
}
