package io.points.distribution.closing;

import io.points.contract.ClosingEvent;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.RefusalReason;
import io.points.contract.Settlement;
import io.points.distribution.expiry.Lapses;
import io.points.distribution.member.BudgetReturns;
import io.points.distribution.pool.TenantClosings;
import io.points.distribution.pool.TenantClosings.Closing;
import io.points.distribution.pool.TenantClosings.Stage;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Holds;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.distribution.wallet.Wallets;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

    private static final String WALLETS = """
            select user_id from wallets
            where tenant_id = $1 and kind = $2 and user_id > $3 and balance > 0 order by user_id limit $4
            """;

    /** Sagas without an end, returns that the pool has set aside, and batches of which something is yet to begin or to be undone. */
    private static final String UNDER_WAY = """
            select exists (select from distributions where due_at is not null and tenant_id = $1)
                or exists (select from distributions where state in ('SET_ASIDE', 'HELD') and tenant_id = $1)
                or exists (select from batches where waiting and tenant_id = $1)
                or exists (select from batch_undos where state = 'UNDOING' and tenant_id = $1) as yes
            """;

    private final Transactions transactions;
    private final TenantClosings closings;
    private final BudgetReturns budgets;
    private final Wallets wallets;
    private final Holds holds;
    private final Distributions distributions;
    private final Schedule schedule;
    private final Round round;

    ClosingRound(
            Transactions transactions,
            TenantClosings closings,
            BudgetReturns budgets,
            Wallets wallets,
            Holds holds,
            Distributions distributions,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.closings = closings;
        this.budgets = budgets;
        this.wallets = wallets;
        this.holds = holds;
        this.distributions = distributions;
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
            case RECALLING ->
                letGo(
                        tx,
                        closing,
                        () -> leave(
                                tx,
                                closing,
                                WalletKind.BUDGET,
                                this::returnAll,
                                closing.at(Stage.WAITING),
                                recalled(closing)));
            case WAITING ->
                closing.isOver(BusinessTime.now())
                        ? closings.update(tx, closing.at(Stage.EMPTYING)).replaceWith(true)
                        : Uni.createFrom().item(false);
            case EMPTYING -> empty(tx, closing);
            case DONE, CALLED_OFF -> Uni.createFrom().item(false);
        };
    }

    /** What waits for approval is not given any more. */
    private Uni<Boolean> letGo(Tx tx, Closing closing, Supplier<Uni<Boolean>> then) {
        return holds.giveBack(tx, closing.tenantId(), RefusalReason.TENANT_CLOSING, SLICE)
                .chain(found -> found > 0 ? Uni.createFrom().item(true) : then.get());
    }

    /** Empties the wallets of a slice of members. */
    private interface Emptying {
        Uni<Void> empty(Tx tx, Closing closing, List<UUID> users);
    }

    /** Leaves a stage once no wallet of the kind holds anything and nothing can come of what was begun before. */
    private Uni<Boolean> leave(
            Tx tx, Closing closing, WalletKind kind, Emptying emptying, Closing next, ClosingEvent told) {
        return tx.query(UNDER_WAY, closing.tenantId())
                .map(rows -> rows.iterator().next().getBoolean("yes"))
                // In this order: what was under way may have filled a wallet, but nothing can begin any more.
                .chain(underWay -> members(tx, closing, kind, closing.reached()).chain(users -> {
                    if (!users.isEmpty()) {
                        return emptying.empty(tx, closing, users).replaceWith(true);
                    }
                    if (!closing.reached().equals(Closing.FIRST)) {
                        return closings.update(tx, closing.at(closing.stage())).replaceWith(true);
                    }
                    return underWay
                            ? Uni.createFrom().item(false)
                            : tell(tx, closing, next, told).replaceWith(true);
                }));
    }

    /** The next members who hold something of the kind. */
    private static Uni<List<UUID>> members(Tx tx, Closing closing, WalletKind kind, UUID behind) {
        return tx.query(WALLETS, closing.tenantId(), kind.word(), behind, SLICE).map(rows -> {
            var users = new ArrayList<UUID>();
            rows.forEach(row -> users.add(row.getUUID("user_id")));
            return users;
        });
    }

    /** Two people may have put points into a budget since the budgets were recalled. */
    private Uni<Boolean> empty(Tx tx, Closing closing) {
        return members(tx, closing, WalletKind.BUDGET, Closing.FIRST)
                .chain(leads -> leads.isEmpty()
                        ? leave(
                                tx,
                                closing,
                                WalletKind.EARNED,
                                this::lapseAll,
                                closing.at(Stage.DONE),
                                emptied(closing))
                        : budgets.returnAll(tx, closing.tenantId(), leads, WHY, closing.actor())
                                .replaceWith(true));
    }

    private Uni<Void> returnAll(Tx tx, Closing closing, List<UUID> users) {
        return budgets.returnAll(tx, closing.tenantId(), users, WHY, closing.actor())
                .chain(points -> closings.update(tx, closing.recalled(points, users.get(users.size() - 1))));
    }

    private Uni<Void> lapseAll(Tx tx, Closing closing, List<UUID> users) {
        var keys = users.stream()
                .map(user -> Wallet.Key.earned(closing.tenantId(), user))
                .toList();
        return wallets.lock(tx, keys).chain(locked -> {
            // After the locks, so that a later entry of a wallet never has an earlier time.
            var toPoolFor = closing.earnedThen() == Settlement.CREDIT ? closing.actor() : null;
            var lapses = new Lapses(LapseReason.CLOSED, BusinessTime.now(), locked);
            keys.forEach(key -> lapses.lapseAll(key, toPoolFor));
            return Tx.together(
                    lapses.write(tx, distributions),
                    closings.update(
                            tx, closing.emptied(lapses.points(WalletKind.EARNED), users.get(users.size() - 1))));
        });
    }

    private static ClosingEvent recalled(Closing closing) {
        return new BudgetsRecalled(closing.closingId(), closing.tenantId(), closing.recalled());
    }

    private static ClosingEvent emptied(Closing closing) {
        return new WalletsClosed(closing.closingId(), closing.tenantId(), closing.emptied());
    }

    private Uni<Void> tell(Tx tx, Closing closing, Closing next, ClosingEvent event) {
        tx.send(Ids.derive(closing.closingId(), event.type()), event, BusinessTime.now(), bySystem(closing));
        return closings.update(tx, next);
    }

    private static Envelope.Actor bySystem(Closing closing) {
        return new Envelope.Actor(null, null, closing.actor().traceparent());
    }
}
