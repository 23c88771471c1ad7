package io.points.distribution.limit;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Allowances;
import io.points.distribution.rule.GivingRules;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Subject;
import io.points.distribution.rule.Tally;
import io.points.distribution.rule.Window;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can still be given by the rules of a tenant, without locks. */
@ApplicationScoped
class LimitViews {

    private final Limits limits;
    private final Tallies tallies;
    private final Boosts boosts;

    LimitViews(Limits limits, Tallies tallies, Boosts boosts) {
        this.limits = limits;
        this.tallies = tallies;
        this.boosts = boosts;
    }

    /**
     * What a member can still give in the present windows of the rules that hold for them.
     *
     * @param department out of which they would give; null: out of none, or their own budget
     */
    Uni<List<LimitView>> left(Tx tx, UUID tenantId, UUID userId, MemberRole role, @Nullable UUID department) {
        return limits.look(tx, List.of(tenantId)).chain(rulebooks -> {
            var rulebook = rulebooks.get(tenantId);
            var held = rulebook == null ? List.<Holding>of() : holding(rulebook.rules(), userId, role, department);
            if (held.isEmpty()) {
                return Uni.createFrom().item(List.<LimitView>of());
            }
            var keys = new TreeSet<Tallies.Key>();
            held.forEach(one -> keys.add(new Tallies.Key(tenantId, one.subject())));
            var boosted = Allowances.boosted(rulebook.rules(), userId, role);
            return boosted.isEmpty()
                    ? tallies.look(tx, keys).map(found -> left(held, rulebook, tenantId, found, Map.of(), boosted))
                    : Uni.combine()
                            .all()
                            .unis(tallies.look(tx, keys), boosts.find(tx, rulebook, tenantId, userId))
                            .asTuple()
                            .map(found -> left(held, rulebook, tenantId, found.getItem1(), found.getItem2(), boosted));
        });
    }

    /** @param boosts by the months, of what is given by {@code boosted} */
    private static List<LimitView> left(
            List<Holding> held,
            Rulebook rulebook,
            UUID tenantId,
            Map<Tallies.Key, Tally> found,
            Map<String, Long> boosts,
            Optional<Rule> boosted) {
        var day = rulebook.days().dayOf(BusinessTime.now());
        var nothing = Tally.nothing(day);
        long boost = boosts.getOrDefault(Window.MONTH.label(day), 0L);
        var views = new ArrayList<LimitView>();
        for (var one : held) {
            var given = found.getOrDefault(new Tallies.Key(tenantId, one.subject()), nothing);
            var more = boosted.filter(one.rule()::equals).isPresent() ? boost : 0;
            views.addAll(one.left(given.at(day), more));
        }
        return views;
    }

    /** In the order of the rules. */
    private static List<Holding> holding(List<Rule> rules, UUID giver, MemberRole role, @Nullable UUID department) {
        var ofGiver = GivingRules.ofGiver(rules, giver, role);
        if (role == MemberRole.EMPLOYEE && ofGiver.stream().noneMatch(Rule::givesAllowance)) {
            return List.of();
        }
        var ofDepartment = department == null ? List.<Rule>of() : GivingRules.ofDepartment(rules, department);
        return rules.stream()
                .filter(rule -> ofGiver.contains(rule) || ofDepartment.contains(rule))
                .map(rule -> new Holding(rule, subject(rule, giver, department)))
                .toList();
    }

    private static Subject subject(Rule rule, UUID giver, @Nullable UUID department) {
        return switch (rule.of()) {
            case TENANT -> Subject.TENANT;
            case DEPARTMENT -> Subject.department(Objects.requireNonNull(department));
            case AWARD, GIVER, RECEIVER, PAIR, TWIN, MUTUAL, SHARE ->
                rule.givesAllowance() ? Subject.allowance(giver, rule.fromDepartment()) : Subject.giver(giver);
        };
    }

    /** A rule that holds, and whose giving it adds up. */
    private record Holding(Rule rule, Subject subject) {

        /** @param boost that is added to its points */
        private List<LimitView> left(Tally given, long boost) {
            var views = new ArrayList<LimitView>();
            var kinds = rule.countedKinds();
            if (rule.points() != null) {
                views.add(LimitView.of(
                        rule, subject, true, rule.boosted(boost), given.points(rule.per(), kinds), given.day()));
            }
            if (rule.awards() != null) {
                views.add(LimitView.of(
                        rule, subject, false, rule.awards(), given.awards(rule.per(), kinds), given.day()));
            }
            return views;
        }
    }
}
