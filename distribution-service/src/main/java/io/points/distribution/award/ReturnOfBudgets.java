package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.distribution.member.BudgetReturns;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Distributions;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** A lead who is demoted or deactivated leaves no points behind. */
@ApplicationScoped
class ReturnOfBudgets implements BudgetReturns {

    private static final DistributionText WHY = DistributionText.ofSystem(BudgetReturns.WHY);

    private final Wallets wallets;
    private final Distributions distributions;

    ReturnOfBudgets(Wallets wallets, Distributions distributions) {
        this.wallets = wallets;
        this.distributions = distributions;
    }

    @Override
    public Uni<Void> returnAll(Tx tx, UUID tenantId, Collection<UUID> users, Envelope.Actor actor) {
        var budgets =
                users.stream().map(user -> Wallet.Key.budget(tenantId, user)).toList();
        return wallets.lock(tx, budgets).chain(locked -> {
            var now = BusinessTime.now();
            var changes = new Changes(now, locked);
            locked.values().stream()
                    .filter(budget -> budget.balance() > 0)
                    .forEach(budget -> changes.begin(wholeReturn(budget, now, actor)));
            return distributions.write(tx, changes);
        });
    }

    private static Distribution wholeReturn(Wallet budget, Instant now, Envelope.Actor actor) {
        return Distribution.first(
                Ids.next(now),
                now,
                budget.key().tenantId(),
                DistributionKind.RETURN,
                PointsSource.BUDGET,
                budget.key().userId(),
                null,
                budget.balance(),
                WHY,
                actor,
                null);
    }
}
