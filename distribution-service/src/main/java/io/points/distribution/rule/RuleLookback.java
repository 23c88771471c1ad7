package io.points.distribution.rule;

import io.points.distribution.rule.Rule.Then;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules would have refused, wanted approved, or told, of what was given, had they always been there. Plain Java, without a clock. */
public final class RuleLookback {

    private RuleLookback() {}

    /**
     * What was given.
     *
     * @param day of the tenant's
     */
    public record Past(Instant at, LocalDate day, Giving giving) {}

    /**
     * How much of it.
     *
     * @param awards how many were beyond the rule
     * @param points of them
     * @param alerts how often it would have told
     */
    public record Found(int awards, long points, int alerts) {
        private Found beyond(long more) {
            return new Found(awards + 1, points + more, alerts);
        }

        private Found told() {
            return new Found(awards, points, alerts + 1);
        }
    }

    /** Of whom, in which window, it was told. */
    private record Told(Subject subject, LocalDate since) {}

    /**
     * What each rule would have found, as if there were no others.
     *
     * @param past the earliest first
     * @return in the order of the rules
     */
    public static List<Found> found(List<Rule> rules, List<Past> past) {
        var found = new ArrayList<Found>();
        for (var rule : rules) {
            found.add(found(rules, rule, past));
        }
        return found;
    }

    private static Found found(List<Rule> rules, Rule rule, List<Past> past) {
        var tallies = new HashMap<Subject, Tally>();
        var twins = new HashMap<Twin.Key, Past>();
        var told = new HashMap<Told, Integer>();
        var found = new Found(0, 0, 0);
        for (var one : past) {
            var known = known(one, tallies, twins);
            if (GivingRules.excess(rules, rule, one.giving(), known) != null) {
                found = found.beyond(one.giving().points());
                if (rule.then() == Then.REFUSE) {
                    continue;
                }
            }
            GivingRules.shares(GivingRules.subjects(List.of(rule), one.giving()), one.giving())
                    .forEach((subject, share) -> tallies.put(
                            subject, known.of(subject).plus(one.giving().kind(), share.points(), share.awards())));
            var reachedByTwin =
                    GivingRules.reachedByTwin(rules, rule, one.giving(), known).toList();
            twins.put(Twin.Key.of(one.giving()), one);
            for (var reached : Stream.concat(
                            GivingRules.reached(rules, rule, one.giving(), known), reachedByTwin.stream())
                    .toList()) {
                var window = new Told(reached.subject(), rule.window().since(one.day()));
                if (reached.percent() > told.getOrDefault(window, 0)) {
                    told.put(window, reached.percent());
                    found = found.told();
                }
            }
        }
        return found;
    }

    private static Known known(Past one, Map<Subject, Tally> tallies, Map<Twin.Key, Past> twins) {
        return new Known() {
            @Override
            public Tally of(Subject subject) {
                return tallies.getOrDefault(subject, Tally.nothing(one.day())).at(one.day());
            }

            @Override
            public @Nullable Twin twin(Giving giving) {
                var twin = twins.get(Twin.Key.of(giving));
                return twin == null
                        ? null
                        : new Twin(twin.giving().asked().id(), Duration.between(twin.at(), one.at()));
            }
        };
    }
}
