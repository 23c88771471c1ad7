package io.points.distribution.rule;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Rule.Of;
import io.points.distribution.rule.Rule.Then;
import io.points.distribution.rule.Verdict.Allowed;
import io.points.distribution.rule.Verdict.Excess;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.NoAllowance;
import io.points.distribution.rule.Verdict.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules can be, and what they say of what somebody asks to give. Plain decisions, without a clock. */
public final class GivingRules {

    private GivingRules() {}

    /**
     * What must be counted to judge it, and is counted if it is not refused: nothing if no rule has a window. The giver is always among
     * them, so that whatever one giver asks for is judged one after the other.
     */
    public static Set<Subject> subjects(List<Rule> rules, Giving giving) {
        var subjects = new TreeSet<Subject>();
        for (var rule : rules) {
            if (!rule.counts()) {
                continue;
            }
            subjects.add(Subject.giver(giving.giver()));
            if (rule.givesAllowance() && Allowances.isOutOfItsFund(rule, giving)) {
                subjects.add(Subject.allowance(giving.giver(), giving.departmentId()));
            }
            switch (rule.of()) {
                case RECEIVER -> giving.parts().forEach(part -> subjects.add(Subject.receiver(part.receiver())));
                case PAIR, MUTUAL, SHARE ->
                    giving.parts().forEach(part -> subjects.add(new Subject(giving.giver(), part.receiver())));
                case DEPARTMENT -> {
                    if (giving.departmentId() != null) {
                        subjects.add(Subject.department(giving.departmentId()));
                    }
                }
                case TENANT -> subjects.add(Subject.TENANT);
                case AWARD, GIVER, TWIN -> {}
            }
        }
        return subjects;
    }

    /** What is only looked at to judge it, besides: what the receivers gave the giver. */
    public static Set<Subject> looked(List<Rule> rules, Giving giving) {
        return rules.stream()
                        .anyMatch(rule ->
                                rule.of() == Of.MUTUAL && rule.countedKinds().contains(giving.kind()))
                ? giving.parts().stream()
                        .map(part -> new Subject(part.receiver(), giving.giver()))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** For how long before it twins of it are looked for; zero if they are not. */
    public static Duration lookedForTwins(List<Rule> rules, Giving giving) {
        return Duration.ofMinutes(
                giving.asked() == null
                        ? 0
                        : rules.stream()
                                .filter(rule -> rule.of() == Of.TWIN)
                                .filter(rule -> rule.countedKinds().contains(giving.kind()))
                                .mapToLong(Rule::minutes)
                                .max()
                                .orElse(0));
    }

    /**
     * The strictest rule wins: one that refuses before those that want it approved, and of those the one that wants most people; of
     * equals the first. Rules that only tell say nothing here.
     *
     * @param known what each subject has given or got in the present windows, without this
     */
    public static Verdict judge(List<Rule> rules, Giving giving, Known known) {
        if (giving.needsAllowance() && Allowances.of(rules, giving).isEmpty()) {
            return new NoAllowance();
        }
        NeedsApproval approval = null;
        for (var rule : rules) {
            var excess = rule.then() == Then.ALERT ? null : excess(rules, rule, giving, known);
            if (excess == null) {
                continue;
            }
            if (rule.then() == Then.REFUSE) {
                return new Refused(excess);
            }
            if (approval == null || rule.approvers() > approval.levels()) {
                approval = new NeedsApproval(rule, rule.approvers(), rule.hoursToApprove());
            }
        }
        return approval == null ? new Allowed() : approval;
    }

    /**
     * What is told once it is given: of each rule and subject the highest percent that has been reached.
     *
     * @param known what each subject has given or got in the present windows, with this
     */
    public static List<Reached> reached(List<Rule> rules, Giving giving, Known known) {
        return rules.stream()
                .flatMap(rule -> reached(rules, rule, giving, known))
                .toList();
    }

    /** By one rule. */
    static Stream<Reached> reached(List<Rule> rules, Rule rule, Giving giving, Known known) {
        if (!rule.alerts() || !rule.countedKinds().contains(giving.kind())) {
            return Stream.of();
        }
        return heldSubjects(rules, rule, giving)
                .map(subject -> reached(rule, mostPoints(rules, rule, giving, known), subject, known))
                .flatMap(Optional::stream);
    }

    private static Optional<Reached> reached(Rule rule, @Nullable Long most, Subject subject, Known known) {
        return switch (rule.of()) {
            case MUTUAL -> Reached.of(rule, most, subject, known.of(new Subject(subject.receiver(), subject.giver())));
            case SHARE -> Reached.ofShare(rule, subject, known.of(Subject.giver(subject.giver())), known.of(subject));
            case AWARD, GIVER, RECEIVER, PAIR, TWIN, DEPARTMENT, TENANT ->
                Reached.of(rule, most, subject, known.of(subject));
        };
    }

    /** By a rule that only tells: that the same was given shortly before. */
    static Stream<Reached> reachedByTwin(List<Rule> rules, Rule rule, Giving giving, Known known) {
        if (rule.of() != Of.TWIN || rule.then() != Then.ALERT || excess(rules, rule, giving, known) == null) {
            return Stream.of();
        }
        var receiver = giving.parts().get(0).receiver();
        return Stream.of(Reached.ofTwin(rule, new Subject(giving.giver(), receiver)));
    }

    /** Whose windows the rule limits for this. */
    private static Stream<Subject> heldSubjects(List<Rule> rules, Rule rule, Giving giving) {
        var receivers = giving.parts().stream().map(Giving.Part::receiver);
        return switch (rule.of()) {
            case AWARD, TWIN -> Stream.of();
            case DEPARTMENT ->
                holdsForDepartment(rules, rule, giving.departmentId(), giving.kind())
                        ? Stream.of(Subject.department(giving.departmentId()))
                        : Stream.of();
            case TENANT -> Stream.of(Subject.TENANT);
            case GIVER -> limits(rules, rule, giving) ? Stream.of(ofGiver(rule, giving)) : Stream.of();
            case PAIR, MUTUAL, SHARE ->
                holds(rules, rule, giving)
                        ? receivers.map(receiver -> new Subject(giving.giver(), receiver))
                        : Stream.of();
            case RECEIVER ->
                receivers
                        .filter(receiver -> holdsForReceiver(rules, rule, receiver, giving.kind()))
                        .map(Subject::receiver);
        };
    }

    /** In a window; null if the rule does not say. */
    private static @Nullable Long mostPoints(List<Rule> rules, Rule rule, Giving giving, Known known) {
        long boost = rule.givesAllowance() ? known.boost(giving.giver()) : 0;
        return boost > 0
                        && Allowances.boosted(rules, giving.giver(), giving.role())
                                .filter(rule::equals)
                                .isPresent()
                ? Long.valueOf(rule.boosted(boost))
                : rule.points();
    }

    /** The rules about what is given out of a department. */
    public static List<Rule> ofDepartment(List<Rule> rules, UUID department) {
        return rules.stream()
                .filter(rule -> rule.of() == Of.DEPARTMENT)
                .filter(rule -> rule.countedKinds().stream()
                        .anyMatch(kind -> holdsForDepartment(rules, rule, department, kind)))
                .toList();
    }

    /** The rules about what one member gives, and about what all give, that hold for somebody who gives in a role. */
    public static List<Rule> ofGiver(List<Rule> rules, UUID giver, MemberRole role) {
        return rules.stream()
                .filter(rule -> rule.of() == Of.GIVER || rule.of() == Of.TENANT)
                .filter(rule -> holds(rule, giver, role))
                .filter(rule -> !rule.givesAllowance() || role != MemberRole.MANAGER)
                .filter(rule -> rule.members() != null
                        || rule.countedKinds().stream().anyMatch(kind -> !isReplaced(rules, rule, giver, kind)))
                .toList();
    }

    /** By how much a rule is exceeded; null if it is not. */
    static @Nullable Excess excess(List<Rule> rules, Rule rule, Giving giving, Known known) {
        if (!rule.countedKinds().contains(giving.kind())) {
            return null;
        }
        return switch (rule.of()) {
            case AWARD ->
                holds(rules, rule, giving) && giving.points() > rule.pointsAbove()
                        ? new Excess(rule, true, rule.pointsAbove(), 0)
                        : null;
            case GIVER ->
                limits(rules, rule, giving)
                        ? ofAll(rule, mostPoints(rules, rule, giving, known), known.of(ofGiver(rule, giving)), giving)
                        : null;
            case DEPARTMENT ->
                holdsForDepartment(rules, rule, giving.departmentId(), giving.kind())
                        ? ofAll(rule, rule.points(), known.of(Subject.department(giving.departmentId())), giving)
                        : null;
            case TENANT -> ofAll(rule, rule.points(), known.of(Subject.TENANT), giving);
            case TWIN -> holds(rules, rule, giving) ? ofTwin(rule, giving, known) : null;
            case MUTUAL, SHARE -> null;
            case PAIR ->
                holds(rules, rule, giving)
                        ? ofParts(rule, giving, part -> new Subject(giving.giver(), part.receiver()), known)
                        : null;
            case RECEIVER ->
                ofParts(
                        rule,
                        giving.to(giving.parts().stream()
                                .filter(part -> holdsForReceiver(rules, rule, part.receiver(), giving.kind()))
                                .toList()),
                        part -> Subject.receiver(part.receiver()),
                        known);
        };
    }

    /** A limit of what its giver gives, or an allowance out of which it would come. */
    private static boolean limits(List<Rule> rules, Rule rule, Giving giving) {
        return holds(rules, rule, giving)
                && (!rule.givesAllowance() || giving.needsAllowance() && Allowances.isOutOfItsFund(rule, giving));
    }

    private static Subject ofGiver(Rule rule, Giving giving) {
        return rule.givesAllowance()
                ? Subject.allowance(giving.giver(), rule.fromDepartment())
                : Subject.giver(giving.giver());
    }

    static boolean holds(List<Rule> rules, Rule rule, Giving giving) {
        return holds(rules, rule, giving.giver(), giving.role(), giving.kind());
    }

    static boolean holds(List<Rule> rules, Rule rule, UUID giver, MemberRole role, GivingKind kind) {
        return holds(rule, giver, role) && (rule.members() != null || !isReplaced(rules, rule, giver, kind));
    }

    private static boolean holds(Rule rule, UUID giver, MemberRole role) {
        return rule.members() == null
                ? rule.roles() == null || rule.roles().contains(role)
                : rule.members().contains(giver);
    }

    private static boolean holdsForReceiver(List<Rule> rules, Rule rule, UUID receiver, GivingKind kind) {
        return rule.members() == null
                ? !isReplaced(rules, rule, receiver, kind)
                : rule.members().contains(receiver);
    }

    /** @param department out of which it is given; null: out of none, for which no such rule holds */
    private static boolean holdsForDepartment(List<Rule> rules, Rule rule, @Nullable UUID department, GivingKind kind) {
        if (department == null || rule.departments() != null) {
            return department != null && rule.departments().contains(department);
        }
        return rules.stream()
                .noneMatch(own -> own.departments() != null
                        && own.per() == rule.per()
                        && own.countedKinds().contains(kind)
                        && own.departments().contains(department));
    }

    /** Whether the member has a rule of their own of that sort. */
    private static boolean isReplaced(List<Rule> rules, Rule rule, UUID member, GivingKind kind) {
        return rules.stream()
                .anyMatch(own -> own.members() != null
                        && own.of() == rule.of()
                        && own.per() == rule.per()
                        && own.givesAllowance() == rule.givesAllowance()
                        && own.countedKinds().contains(kind)
                        && own.members().contains(member));
    }

    private static @Nullable Excess ofAll(Rule rule, @Nullable Long most, Tally before, Giving giving) {
        return beyond(rule, most, before, giving.points(), giving.parts().size());
    }

    private static @Nullable Excess ofTwin(Rule rule, Giving giving, Known known) {
        if (giving.asked() == null || giving.asked().again() && rule.then() == Then.REFUSE) {
            return null;
        }
        var twin = known.twin(giving);
        return twin != null && twin.isWithin(rule.minutes()) ? new Excess(rule, false, 1, 1, null, twin) : null;
    }

    private static @Nullable Excess ofParts(
            Rule rule, Giving giving, Function<Giving.Part, Subject> subject, Known known) {
        for (var part : giving.parts()) {
            var excess = beyond(rule, rule.points(), known.of(subject.apply(part)), part.points(), 1);
            if (excess != null) {
                return excess.of(part.receiver());
            }
        }
        return null;
    }

    /** @param most points in the window; null: any */
    private static @Nullable Excess beyond(Rule rule, @Nullable Long most, Tally before, long points, long awards) {
        var kinds = rule.countedKinds();
        if (most != null) {
            long used = before.points(rule.per(), kinds);
            if (Math.addExact(used, points) > most) {
                return new Excess(rule, true, most, used);
            }
        }
        if (rule.awards() != null) {
            long used = before.awards(rule.per(), kinds);
            if (Math.addExact(used, awards) > rule.awards()) {
                return new Excess(rule, false, rule.awards(), used);
            }
        }
        return null;
    }

    /** What each subject has of it. */
    public static Map<Subject, Share> shares(Set<Subject> subjects, Giving giving) {
        var all = new Share(giving.points(), giving.parts().size());
        var ofReceivers = new HashMap<UUID, Share>();
        giving.parts().forEach(part -> ofReceivers.put(part.receiver(), new Share(part.points(), 1)));
        var shares = new HashMap<Subject, Share>();
        for (var subject : subjects) {
            shares.put(subject, subject.isOfAllReceivers() ? all : ofReceivers.get(subject.receiver()));
        }
        return shares;
    }

    /** What a subject has of something that is given. */
    public record Share(long points, long awards) {}
}
