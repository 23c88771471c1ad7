package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.distribution.member.BudgetReturns;
import io.points.distribution.wallet.Wallet;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/** A lead who is demoted or deactivated leaves no points behind. */
@ApplicationScoped
class ReturnOfBudgets implements BudgetReturns {

    private static final Beginnings.Words WHY = Beginnings.Words.ofSystem(BudgetReturns.WHY);

    private final Requests requests;

    ReturnOfBudgets(Requests requests) {
        this.requests = requests;
    }

    @Override
    public Uni<Void> returnAll(Tx tx, UUID tenantId, Collection<UUID> users, Envelope.Cause cause) {
        return requests.giveBackAll(
                tx,
                users.stream().map(user -> Wallet.Key.budget(tenantId, user)).toList(),
                (budget, balance) -> Request.of(
                        tenantId,
                        DistributionKind.RETURN,
                        PointsSource.BUDGET,
                        budget.userId(),
                        null,
                        balance,
                        Distribution.Tone.PLAIN,
                        WHY,
                        cause));
    }
}
