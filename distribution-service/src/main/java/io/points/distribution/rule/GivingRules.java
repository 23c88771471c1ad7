package io.points.distribution.rule;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Rule.Of;
import io.points.distribution.rule.Rule.Then;
import io.points.distribution.rule.Verdict.Allowed;
import io.points.distribution.rule.Verdict.Excess;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.Refused;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What rules can be, and what they say of what somebody asks to give. Plain decisions, without a clock. */
public final class GivingRules {

    private GivingRules() {}

    /** What is wrong with them though each field is well formed; by the fields' names. */
    public static Map<String, String> faults(List<Rule> rules) {
        var faults = new LinkedHashMap<String, String>();
        var ids = new HashMap<String, Integer>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var field = "rules[" + i + "]";
            var first = ids.putIfAbsent(rule.id(), i);
            if (first != null) {
                faults.put(field + ".id", "is the id of rules[" + first + "], too");
            }
            if (rule.of() == Of.AWARD) {
                addFaultsOfAward(rule, field, faults);
            } else {
                addFaultsOfWindow(rule, field, faults);
            }
            addFaultsOfMembers(rule, field, faults);
            addFaultsOfApproval(rule, field, faults);
        }
        return faults;
    }

    private static void addFaultsOfAward(Rule rule, String field, Map<String, String> faults) {
        if (rule.pointsAbove() == null) {
            faults.put(field + ".points_above", "is required of an award by itself");
        }
        refuse(rule.per(), field + ".per", "must not be given of an award by itself", faults);
        refuse(rule.points(), field + ".points", "must not be given of an award by itself: see points_above", faults);
        refuse(rule.awards(), field + ".awards", "must not be given of an award by itself", faults);
    }

    private static void addFaultsOfWindow(Rule rule, String field, Map<String, String> faults) {
        if (rule.per() == null) {
            faults.put(field + ".per", "is required");
        }
        if (rule.points() == null && rule.awards() == null) {
            faults.put(field + ".points", "is required, or awards");
        }
        refuse(rule.pointsAbove(), field + ".points_above", "is only for an award by itself", faults);
    }

    private static void addFaultsOfMembers(Rule rule, String field, Map<String, String> faults) {
        if (rule.of() == Of.RECEIVER || rule.of() == Of.TENANT) {
            refuse(rule.roles(), field + ".roles", "is only for those who give", faults);
        }
        if (rule.of() == Of.TENANT) {
            refuse(rule.members(), field + ".members", "must not be given: the whole company is meant", faults);
        }
        if (rule.roles() != null) {
            refuse(rule.members(), field + ".members", "must not stand beside roles", faults);
        }
    }

    private static void addFaultsOfApproval(Rule rule, String field, Map<String, String> faults) {
        if (rule.then() == Then.APPROVE) {
            return;
        }
        refuse(rule.levels(), field + ".levels", "needs approve", faults);
        refuse(rule.hours(), field + ".hours", "needs approve", faults);
    }

    private static void refuse(@Nullable Object value, String field, String why, Map<String, String> faults) {
        if (value != null) {
            faults.putIfAbsent(field, why);
        }
    }

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
            switch (rule.of()) {
                case RECEIVER -> giving.parts().forEach(part -> subjects.add(Subject.receiver(part.receiver())));
                case PAIR -> giving.parts().forEach(part -> subjects.add(new Subject(giving.giver(), part.receiver())));
                case TENANT -> subjects.add(Subject.TENANT);
                case AWARD, GIVER -> {}
            }
        }
        return subjects;
    }

    /**
     * The strictest rule wins: one that refuses before those that want it approved, and of those the one that wants most people; of
     * equals the first.
     *
     * @param counted what each subject has given or got in the present windows, without this
     */
    public static Verdict judge(List<Rule> rules, Giving giving, Function<Subject, Tally> counted) {
        NeedsApproval approval = null;
        for (var rule : rules) {
            var excess = excess(rules, rule, giving, counted);
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

    /** The rules about what one member gives, and about what all give, that hold for somebody who gives in a role. */
    public static List<Rule> ofGiver(List<Rule> rules, UUID giver, MemberRole role) {
        return rules.stream()
                .filter(rule -> rule.of() == Of.GIVER || rule.of() == Of.TENANT)
                .filter(rule -> holds(rule, giver, role))
                .filter(rule -> rule.members() != null
                        || rule.countedKinds().stream().anyMatch(kind -> !isReplaced(rules, rule, giver, kind)))
                .toList();
    }

    /** By how much a rule is exceeded; null if it is not. */
    static @Nullable Excess excess(List<Rule> rules, Rule rule, Giving giving, Function<Subject, Tally> counted) {
        if (!rule.countedKinds().contains(giving.kind())) {
            return null;
        }
        return switch (rule.of()) {
            case AWARD ->
                holds(rules, rule, giving) && giving.points() > rule.pointsAbove()
                        ? new Excess(rule, true, rule.pointsAbove(), 0)
                        : null;
            case GIVER ->
                holds(rules, rule, giving) ? ofAll(rule, counted.apply(Subject.giver(giving.giver())), giving) : null;
            case TENANT -> ofAll(rule, counted.apply(Subject.TENANT), giving);
            case PAIR ->
                holds(rules, rule, giving)
                        ? ofParts(rule, giving, part -> new Subject(giving.giver(), part.receiver()), counted)
                        : null;
            case RECEIVER ->
                ofParts(
                        rule,
                        new Giving(
                                giving.tenantId(),
                                giving.giver(),
                                giving.role(),
                                giving.kind(),
                                giving.parts().stream()
                                        .filter(part -> holdsForReceiver(rules, rule, part.receiver(), giving.kind()))
                                        .toList()),
                        part -> Subject.receiver(part.receiver()),
                        counted);
        };
    }

    private static boolean holds(List<Rule> rules, Rule rule, Giving giving) {
        return holds(rule, giving.giver(), giving.role())
                && (rule.members() != null || !isReplaced(rules, rule, giving.giver(), giving.kind()));
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

    /** Whether the member has a rule of their own of that sort. */
    private static boolean isReplaced(List<Rule> rules, Rule rule, UUID member, GivingKind kind) {
        return rules.stream()
                .anyMatch(own -> own.members() != null
                        && own.of() == rule.of()
                        && own.per() == rule.per()
                        && own.countedKinds().contains(kind)
                        && own.members().contains(member));
    }

    private static @Nullable Excess ofAll(Rule rule, Tally before, Giving giving) {
        return beyond(rule, before, giving.points(), giving.parts().size());
    }

    private static @Nullable Excess ofParts(
            Rule rule, Giving giving, Function<Giving.Part, Subject> subject, Function<Subject, Tally> counted) {
        for (var part : giving.parts()) {
            var excess = beyond(rule, counted.apply(subject.apply(part)), part.points(), 1);
            if (excess != null) {
                return excess;
            }
        }
        return null;
    }

    private static @Nullable Excess beyond(Rule rule, Tally before, long points, long awards) {
        var kinds = rule.countedKinds();
        if (rule.points() != null) {
            long used = before.points(rule.per(), kinds);
            if (Math.addExact(used, points) > rule.points()) {
                return new Excess(rule, true, rule.points(), used);
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
            var isOfAll = subject.equals(Subject.TENANT) || subject.equals(Subject.giver(giving.giver()));
            shares.put(subject, isOfAll ? all : ofReceivers.get(subject.receiver()));
        }
        return shares;
    }

    /** What a subject has of something that is given. */
    public record Share(long points, long awards) {}
}
