package io.points.distribution.rule;

import io.points.distribution.rule.Verdict.NoAllowance;
import io.points.distribution.rule.Verdict.Refused;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final Map<Twin.Key, Twin> twins;
    private final Map<UUID, Map<String, Long>> boosts;
    private final Known counting = new Counted();
    private final Map<UUID, List<Reached>> reachedByTwins = new HashMap<>();
    private final Map<String, Reached> reached = new LinkedHashMap<>();

    /** Without twins. */
    public Judging(List<Rule> rules, LocalDate day, Map<Subject, Tally> before) {
        this(rules, day, before, Map.of());
    }

    /** Without boosts. */
    public Judging(List<Rule> rules, LocalDate day, Map<Subject, Tally> before, Map<Twin.Key, Twin> twins) {
        this(rules, day, before, twins, Map.of());
    }

    /**
     * @param before what was counted of each subject until now; on a later day than this one, that day is meant
     * @param twins what was given not long ago
     * @param boosts how many points more somebody may give by an allowance, by the months, as 2026-11
     */
    public Judging(
            List<Rule> rules,
            LocalDate day,
            Map<Subject, Tally> before,
            Map<Twin.Key, Twin> twins,
            Map<UUID, Map<String, Long>> boosts) {
        this.rules = List.copyOf(rules);
        this.before = Map.copyOf(before);
        this.twins = new HashMap<>(twins);
        this.boosts = Map.copyOf(boosts);
        // So that the same windows are meant wherever it is counted, and from wherever it may be taken again.
        this.day =
                before.values().stream().map(Tally::day).reduce(day, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** In whose windows is counted: a request of the last moment of a day may count to the next. */
    public LocalDate day() {
        return day;
    }

    public Verdict judge(Giving giving) {
        var known = new Expected();
        var verdict = GivingRules.judge(rules, giving, known);
        if (!(verdict instanceof Refused || verdict instanceof NoAllowance)) {
            add(expected, giving, known);
            if (giving.asked() != null) {
                reachedByTwins.put(
                        giving.asked().id(),
                        rules.stream()
                                .flatMap(rule -> GivingRules.reachedByTwin(rules, rule, giving, known))
                                .toList());
                twins.put(Twin.Key.of(giving), new Twin(giving.asked().id(), Duration.ZERO));
            }
        }
        return verdict;
    }

    /** Whether somebody who gives it out of the pool by an allowance has enough left of that. */
    public boolean isWithinAllowance(Giving giving) {
        return Allowances.isWithin(rules, giving, new Expected());
    }

    /** It is given. */
    public void count(Giving giving) {
        add(counted, giving, counting);
        GivingRules.reached(rules, giving, counting).forEach(this::reached);
        if (giving.asked() != null) {
            reachedByTwins.getOrDefault(giving.asked().id(), List.of()).forEach(this::reached);
        }
    }

    private void reached(Reached one) {
        reached.put(one.rule().id() + " " + one.subject(), one);
    }

    /** What is to be told by what was counted: of each rule and subject the last, by which most was used up. */
    public Collection<Reached> reached() {
        return List.copyOf(reached.values());
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

    private void add(Map<Subject, Tally> tallies, Giving giving, Known current) {
        GivingRules.shares(subjects(giving), giving)
                .forEach((subject, share) ->
                        tallies.put(subject, current.of(subject).plus(giving.kind(), share.points(), share.awards())));
    }

    /** As if all that was judged before and not refused had been given. */
    private final class Expected implements Known {
        @Override
        public Tally of(Subject subject) {
            var tally = expected.get(subject);
            return tally == null ? start(subject) : tally;
        }

        @Override
        public long boost(UUID giver) {
            return boostOf(giver);
        }

        @Override
        public @Nullable Twin twin(Giving giving) {
            return twins.get(Twin.Key.of(giving));
        }
    }

    /** With all that has been given. */
    private final class Counted implements Known {
        @Override
        public Tally of(Subject subject) {
            var tally = counted.get(subject);
            return tally == null ? start(subject) : tally;
        }

        @Override
        public long boost(UUID giver) {
            return boostOf(giver);
        }
    }

    private long boostOf(UUID giver) {
        return boosts.getOrDefault(giver, Map.of()).getOrDefault(Window.MONTH.label(day), 0L);
    }

    private Tally start(Subject subject) {
        var tally = before.get(subject);
        return tally == null ? Tally.nothing(day) : tally.at(day);
    }
}
