package io.points.distribution.saga;

import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.member.BudgetReturns;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends the waits of distributions for approval: they are given, or their points go back to where they came from. */
@ApplicationScoped
public class Holds {

    private final Distributions distributions;
    private final Arrivals arrivals;
    private final BudgetReturns budgets;
    private final CompletionRegistry completions;

    Holds(Distributions distributions, Arrivals arrivals, BudgetReturns budgets, CompletionRegistry completions) {
        this.distributions = distributions;
        this.arrivals = arrivals;
        this.budgets = budgets;
        this.completions = completions;
    }

    /**
     * Gives what all have approved, if the receivers can take it now; else it goes back.
     *
     * @param held locked, and waiting for approval
     */
    public Uni<Void> approve(Tx tx, Distribution held, Envelope.Actor by) {
        return end(tx, List.of(held), null, by);
    }

    /**
     * Lets points go back.
     *
     * @param held locked, and waiting for approval
     * @param why APPROVAL_REJECTED, APPROVAL_EXPIRED, WITHDRAWN, or TENANT_CLOSING
     * @param by whose decision it is; null: nobody's
     */
    public Uni<Void> giveBack(Tx tx, List<Distribution> held, RefusalReason why, Envelope.@Nullable Actor by) {
        return held.isEmpty() ? Uni.createFrom().voidItem() : end(tx, held, why, by);
    }

    /** Lets some of a tenant's points go back that wait for approval; returns how many distributions that were. */
    public Uni<Integer> giveBack(Tx tx, UUID tenantId, RefusalReason why, int most) {
        return distributions.lockHeld(tx, tenantId, most).chain(held -> giveBack(tx, held, why, null)
                .replaceWith(held.size()));
    }

    private Uni<Void> end(
            Tx tx, List<Distribution> held, @Nullable RefusalReason against, Envelope.@Nullable Actor by) {
        var ofBudgets =
                held.stream().filter(it -> it.source() == PointsSource.BUDGET).toList();
        var givers = ofBudgets.stream().map(Holds::giver).toList();
        var touched = ofBudgets.stream().map(Distribution::debitedWallet).toList();
        return arrivals.lock(tx, against == null ? held : List.of(), givers, touched)
                .chain(locked -> distributions.lotsHeld(tx, held).chain(lots -> {
                    // After the locks, so that a later entry of a wallet never has an earlier time.
                    var now = BusinessTime.now();
                    var changes = new Changes(now, locked.wallets(), locked.awards());
                    for (var one : held) {
                        var step = Saga.onDecision(one, against, () -> locked.canTake(one));
                        var decided = by == null ? one.bySystem() : one.by(by);
                        changes.decide(decided, step, lots.getOrDefault(one.id(), Lots.NONE));
                    }
                    var ended = held.stream().map(Distribution::id).toList();
                    tx.afterCommit(() -> completions.ended(ended));
                    return distributions
                            .write(tx, changes)
                            .chain(() -> arrivals.beginRounds(tx, changes))
                            .chain(() -> returnOfOthers(tx, changes, ofBudgets, locked, by));
                }));
    }

    /** A budget of somebody who is no lead any more keeps nothing. */
    private Uni<Void> returnOfOthers(
            Tx tx, Changes changes, List<Distribution> ofBudgets, Arrivals.Locked locked, Envelope.@Nullable Actor by) {
        var former = new LinkedHashMap<UUID, TreeSet<UUID>>();
        for (var one : ofBudgets) {
            var giver = locked.members().get(giver(one));
            var isLead = giver != null && giver.mayReceiveAs(MemberRole.LEAD);
            if (!isLead && changes.wallet(one.debitedWallet()).balance() > 0) {
                former.computeIfAbsent(one.tenantId(), tenant -> new TreeSet<>())
                        .add(one.fromUserId());
            }
        }
        var returned = Uni.createFrom().voidItem();
        for (var tenant : former.entrySet()) {
            var actor = by == null ? ofBudgets.get(0).bySystem().actor() : by;
            returned = returned.chain(
                    () -> budgets.returnAll(tx, tenant.getKey(), tenant.getValue(), BudgetReturns.WHY, actor)
                            .replaceWithVoid());
        }
        return returned;
    }

    private static Directory.Key giver(Distribution held) {
        return new Directory.Key(held.tenantId(), held.fromUserId());
    }
}
