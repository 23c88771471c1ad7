package io.points.distribution.rule;

import io.points.distribution.rule.Verdict.Refused;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges by a tenant's rules what is asked for on one day, one after the other: each is judged as if all before it that were not refused
 * had been given. Only what is then counted is kept. Plain Java, for one thread.
 */
public final class Judging {

    private final List<Rule> rules;
    private final LocalDate day;
    private final Map<Subject, Tally> expected = new HashMap<>();
    private final Map<Subject, Tally> counted = new HashMap<>();
    private final Map<Subject, Tally> before;

    /** @param before what was counted of each subject until now; on a later day than this one, that day is meant */
    public Judging(List<Rule> rules, LocalDate day, Map<Subject, Tally> before) {
        this.rules = List.copyOf(rules);
        this.before = Map.copyOf(before);
        // So that the same windows are meant wherever it is counted, and from wherever it may be taken again.
        this.day =
                before.values().stream().map(Tally::day).reduce(day, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** In whose windows is counted: a request of the last moment of a day may count to the next. */
    public LocalDate day() {
        return day;
    }

    public Verdict judge(Giving giving) {
        var verdict = GivingRules.judge(rules, giving, this::expected);
        if (!(verdict instanceof Refused)) {
            add(expected, giving, this::expected);
        }
        return verdict;
    }

    /** It is given. */
    public void count(Giving giving) {
        add(counted, giving, this::counted);
    }

    /** What has changed by what was counted. */
    public Map<Subject, Tally> changed() {
        return Map.copyOf(counted);
    }

    /** Whether it is counted at all. */
    public boolean counts(Giving giving) {
        return !subjects(giving).isEmpty();
    }

    private Set<Subject> subjects(Giving giving) {
        return GivingRules.subjects(rules, giving);
    }

    private void add(Map<Subject, Tally> tallies, Giving giving, Function<Subject, Tally> current) {
        GivingRules.shares(subjects(giving), giving)
                .forEach((subject, share) -> tallies.put(
                        subject, current.apply(subject).plus(giving.kind(), share.points(), share.awards())));
    }

    private Tally expected(Subject subject) {
        var tally = expected.get(subject);
        return tally == null ? start(subject) : tally;
    }

    private Tally counted(Subject subject) {
        var tally = counted.get(subject);
        return tally == null ? start(subject) : tally;
    }

    private Tally start(Subject subject) {
        var tally = before.get(subject);
        return tally == null ? Tally.nothing(day) : tally.at(day);
    }
}
