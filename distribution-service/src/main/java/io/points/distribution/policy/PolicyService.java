package io.points.distribution.policy;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.distribution.department.Department;
import io.points.distribution.department.Departments;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleDepartments;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes a tenant's policy. It dates what is credited from then on, and judges what is asked for from then on; what was credited before keeps
 * its day.
 */
@ApplicationScoped
class PolicyService {

    private final Transactions transactions;
    private final Policies policies;
    private final Departments departments;

    PolicyService(Transactions transactions, Policies policies, Departments departments) {
        this.transactions = transactions;
        this.policies = policies;
        this.departments = departments;
    }

    /**
     * Makes it the tenant's policy. If it is already, nothing is written or told, whatever {@code ifMatch} says: a request that is
     * repeated finds its own change.
     *
     * @param dated of which the rules of giving are not looked at
     * @param rules who may give how much; null: as they are
     * @return the policy; fails with 412 if the one that there is has another revision, and with 422 if a rule names a department that
     *     there is not, or that is closed
     */
    Uni<PolicyView> put(
            UUID tenantId, PolicyView dated, @Nullable List<Rule> rules, IfMatch ifMatch, Envelope.Actor actor) {
        return transactions.write(tx -> policies.lock(tx, tenantId).chain(current -> {
            var wanted = PolicyView.of(
                    current.revision() + 1,
                    dated.earned(),
                    dated.budgets(),
                    rules == null ? current.rules() : rules,
                    dated.undoApprovalAbove());
            if (current.says(wanted)) {
                return Uni.createFrom().item(current);
            }
            if (!ifMatch.allows(current.revision())) {
                throw IfMatch.changedSince(current.revision()).exception();
            }
            var checked = rules == null ? Uni.createFrom().voidItem() : requireOpen(tx, tenantId, rules);
            return checked.chain(() -> save(tx, tenantId, wanted, actor));
        }));
    }

    /** Fails with 422 if a rule names a department that there is not, or that is closed. */
    Uni<Void> requireOpen(UUID tenantId, @Nullable List<Rule> rules) {
        return rules == null ? Uni.createFrom().voidItem() : transactions.write(tx -> requireOpen(tx, tenantId, rules));
    }

    private Uni<Void> requireOpen(Tx tx, UUID tenantId, List<Rule> rules) {
        return named(tx, tenantId, rules)
                .invoke(closed -> {
                    var faults = RuleDepartments.faults(rules, closed);
                    if (!faults.isEmpty()) {
                        throw Problem.invalidPolicy(faults).exception();
                    }
                })
                .replaceWithVoid();
    }

    /** The policy as whoever reads or changes it sees it: with what they are to be warned of. */
    Uni<PolicyView> warned(UUID tenantId, UUID reader, PolicyView policy) {
        return Uni.combine()
                .all()
                .unis(
                        transactions.write(tx -> named(tx, tenantId, policy.rules())),
                        policies.warning(tenantId, reader, policy).map(Optional::ofNullable))
                .asTuple()
                .map(found -> policy.warned(
                        found.getItem1().entrySet().stream()
                                .filter(Map.Entry::getValue)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()),
                        found.getItem2().orElse(null)));
    }

    /** Of each department of the tenant that rules name, whether it is closed. Most name none; then nothing is looked for. */
    private Uni<Map<UUID, Boolean>> named(Tx tx, UUID tenantId, List<Rule> rules) {
        var keys = RuleDepartments.named(rules).stream()
                .map(id -> new Department.Key(tenantId, id))
                .toList();
        return departments.find(tx, keys).map(found -> found.values().stream()
                .collect(Collectors.toMap(it -> it.key().departmentId(), Department::closed)));
    }

    private Uni<PolicyView> save(Tx tx, UUID tenantId, PolicyView policy, Envelope.Actor actor) {
        var now = BusinessTime.now();
        var id = Ids.next(now);
        tx.send(id, event(tenantId, policy), now, actor);
        return policies.save(tx, tenantId, policy, id, UUID.fromString(actor.id()), now)
                .replaceWith(policy);
    }

    private static PolicyChanged event(UUID tenantId, PolicyView policy) {
        var earned = TermsColumns.of(policy.earned().expires());
        var budgets = TermsColumns.of(policy.budgets().expires());
        return new PolicyChanged(
                tenantId,
                policy.revision(),
                earned.after(),
                earned.round(),
                earned.every(),
                earned.minDays(),
                policy.earned().to(),
                policy.earned().noticeDays(),
                budgets.after(),
                budgets.round(),
                budgets.every(),
                budgets.minDays(),
                policy.budgets().to(),
                policy.rules().isEmpty()
                        ? null
                        : policy.rules().stream().map(Rule::told).toList(),
                policy.undoApprovalAbove());
    }
}
