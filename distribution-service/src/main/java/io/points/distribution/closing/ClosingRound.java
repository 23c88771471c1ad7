package io.points.distribution.closing;

import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.distribution.member.BudgetReturns;
import io.points.distribution.pool.TenantClosings;
import io.points.distribution.pool.TenantClosings.Closing;
import io.points.distribution.pool.TenantClosings.Stage;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Carries the closings of tenants on, slice by slice, each a transaction that is found again in its table: whoever dies loses a slice.
 * A closing says that a step is done only when nothing more can come of what was begun before it.
 */
@ApplicationScoped
class ClosingRound {

    private static final Logger LOG = Logger.getLogger(ClosingRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final int SLICE = 200;

    /** What stands with the returns. */
    private static final String WHY = "The company is being closed";

    private static final String BUDGETS = """
            select user_id from wallets
            where tenant_id = $1 and kind = 'budget' and user_id > $2 and balance > 0 order by user_id limit $3
            """;

    /** Sagas without an end, returns that the pool has set aside, and batches of which something is yet to begin. */
    private static final String UNDER_WAY = """
            select exists (select from distributions where due_at is not null and tenant_id = $1)
                or exists (select from distributions where state = 'SET_ASIDE' and tenant_id = $1)
                or exists (select from batches where waiting and tenant_id = $1) as yes
            """;

    private final Transactions transactions;
    private final TenantClosings closings;
    private final BudgetReturns budgets;
    private final Schedule schedule;
    private final Round round;

    ClosingRound(
            Transactions transactions,
            TenantClosings closings,
            BudgetReturns budgets,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.closings = closings;
        this.budgets = budgets;
        this.schedule = schedule;
        round = rounds.round("closings");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::turn);
    }

    private Uni<Void> turn() {
        var behind = new AtomicReference<>(Closing.FIRST);
        return round.run(() -> transactions
                        .write(tx -> slice(tx, behind))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Closings of tenants did not get on; the next round goes on: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** One step of one tenant; whoever has nothing to do at once is passed by until the next turn. */
    private Uni<Boolean> slice(Tx tx, AtomicReference<UUID> behind) {
        return closings.lockNext(tx, behind.get()).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            var closing = found.get();
            return step(tx, closing)
                    .invoke(goesOn -> {
                        if (!goesOn) {
                            behind.set(closing.tenantId());
                        }
                    })
                    .replaceWith(true);
        });
    }

    /** @return whether it can go on at once */
    private Uni<Boolean> step(Tx tx, Closing closing) {
        return switch (closing.stage()) {
            case RECALLING -> recall(tx, closing);
            case WAITING, EMPTYING, DONE, CALLED_OFF -> Uni.createFrom().item(false);
        };
    }

    private Uni<Boolean> recall(Tx tx, Closing closing) {
        return tx.query(UNDER_WAY, closing.tenantId())
                .map(rows -> rows.iterator().next().getBoolean("yes"))
                // In this order: what was under way may have filled a budget, but nothing can begin any more.
                .chain(underWay -> tx.query(BUDGETS, closing.tenantId(), closing.reached(), SLICE)
                        .chain(rows -> {
                            var users = new ArrayList<UUID>();
                            rows.forEach(row -> users.add(row.getUUID("user_id")));
                            if (!users.isEmpty()) {
                                return returnAll(tx, closing, users).replaceWith(true);
                            }
                            if (!closing.reached().equals(Closing.FIRST)) {
                                return closings.update(tx, closing.at(Stage.RECALLING))
                                        .replaceWith(true);
                            }
                            return underWay
                                    ? Uni.createFrom().item(false)
                                    : recalled(tx, closing).replaceWith(true);
                        }));
    }

    private Uni<Void> returnAll(Tx tx, Closing closing, ArrayList<UUID> users) {
        return budgets.returnAll(tx, closing.tenantId(), users, WHY, closing.actor())
                .chain(points -> closings.update(tx, closing.recalled(points, users.get(users.size() - 1))));
    }

    private Uni<Void> recalled(Tx tx, Closing closing) {
        tx.send(
                Ids.derive(closing.closingId(), "BudgetsRecalled"),
                new BudgetsRecalled(closing.closingId(), closing.tenantId(), closing.recalled()),
                BusinessTime.now(),
                bySystem(closing));
        return closings.update(tx, closing.at(Stage.WAITING));
    }

    private static Envelope.Actor bySystem(Closing closing) {
        return new Envelope.Actor(null, null, closing.actor().traceparent());
    }
}
