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

/** Whoever is no lead any more, and a tenant that is closed, leaves no points behind. */
@ApplicationScoped
class ReturnOfBudgets implements BudgetReturns {

    private final Wallets wallets;
    private final Distributions distributions;

    ReturnOfBudgets(Wallets wallets, Distributions distributions) {
        this.wallets = wallets;
        this.distributions = distributions;
    }

    @Override
    public Uni<Long> returnAll(Tx tx, UUID tenantId, Collection<UUID> users, String why, Envelope.Actor actor) {
        var budgets =
                users.stream().map(user -> Wallet.Key.budget(tenantId, user)).toList();
        return wallets.lock(tx, budgets).chain(locked -> {
            var now = BusinessTime.now();
            var changes = new Changes(now, locked);
            long points = 0;
            for (var budget : locked.values()) {
                if (budget.balance() > 0) {
                    changes.begin(wholeReturn(budget, why, now, actor));
                    points += budget.balance();
                }
            }
            return distributions.write(tx, changes).replaceWith(points);
        });
    }

    private static Distribution wholeReturn(Wallet budget, String why, Instant now, Envelope.Actor actor) {
        return Distribution.first(
                Ids.next(now),
                now,
                budget.key().tenantId(),
                DistributionKind.RETURN,
                PointsSource.BUDGET,
                budget.key().userId(),
                null,
                budget.balance(),
                DistributionText.ofSystem(why),
                actor,
                null);
    }
}
