package io.points.distribution.policy;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.distribution.rule.Rule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.IfMatch;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes a tenant's policy. It dates what is credited from then on, and judges what is asked for from then on; what was credited before keeps
 * its day.
 */
@ApplicationScoped
class PolicyService {

    private final Transactions transactions;
    private final Policies policies;

    PolicyService(Transactions transactions, Policies policies) {
        this.transactions = transactions;
        this.policies = policies;
    }

    /**
     * Makes it the tenant's policy. If it is already, nothing is written or told, whatever {@code ifMatch} says: a request that is
     * repeated finds its own change.
     *
     * @param dated of which the rules of giving are not looked at
     * @param rules who may give how much; null: as they are
     * @return the policy; fails with 412 if the one that there is has another revision
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
            return save(tx, tenantId, wanted, actor);
        }));
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
