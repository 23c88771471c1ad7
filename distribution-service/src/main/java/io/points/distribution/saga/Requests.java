package io.points.distribution.saga;

import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.distribution.pool.PoolProjection;
import io.points.distribution.saga.Beginnings.Begun;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.Idempotency;
import io.points.platform.web.Idempotency.StoredResponse;
import io.points.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for distributions. Those that touch wallets at once are a transaction each, which leaves a distribution
 * behind, or a refusal; those from the pool go through the {@link Intake}.
 */
@ApplicationScoped
class Requests {

    private final Intake intake;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Distributions distributions;
    private final Directory directory;
    private final Wallets wallets;
    private final PoolProjection projection;

    Requests(
            Intake intake,
            Transactions transactions,
            Idempotency idempotency,
            Distributions distributions,
            Directory directory,
            Wallets wallets,
            PoolProjection projection) {
        this.intake = intake;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.distributions = distributions;
        this.directory = directory;
        this.wallets = wallets;
        this.projection = projection;
    }

    /** A delegation or an award. The outcome names the distribution, or is a refusal that sticks to the key. */
    Uni<StoredResponse> distribute(Request request, Idempotency.@Nullable Key key) {
        return request.source() == PointsSource.POOL ? intake.take(request, key) : awardFromBudget(request, key);
    }

    private Uni<StoredResponse> awardFromBudget(Request request, Idempotency.@Nullable Key key) {
        var completed = request.in(State.COMPLETED, null);
        return transactions.write(tx -> idempotency.once(
                tx, key, () -> directory.lock(tx, List.of(completed.receiver())).chain(members -> Eligibility.refusal(
                                request, members.get(completed.receiver()))
                        .map(this::refuse)
                        .orElseGet(() -> awardFromBudget(tx, request, completed)))));
    }

    /** A budget back to the pool, by the lead or by a manager. */
    Uni<StoredResponse> giveBack(Request request, Idempotency.@Nullable Key key) {
        return transactions.write(tx -> idempotency.once(tx, key, () -> directory
                .look(tx, List.of(new Directory.Key(request.tenantId(), request.fromUserId())))
                .chain(members -> members.isEmpty()
                        ? refuse(Problem.of(
                                        422,
                                        "member-unknown",
                                        "There is no such member",
                                        "The budget's owner is not a member of your tenant.")
                                .withError("from_user_id", "is not a member of your tenant"))
                        : giveBack(tx, request))));
    }

    /** All that is left of these budgets, within the transaction that takes the leads' roles away. */
    Uni<Void> giveBackAll(Tx tx, Collection<Wallet.Key> budgets, BiFunction<Wallet.Key, Long, Request> request) {
        return wallets.lock(tx, budgets).chain(locked -> {
            var changes = new Changes(locked);
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            locked.values().stream()
                    .filter(wallet -> wallet.balance() > 0)
                    .map(wallet -> request.apply(wallet.key(), wallet.balance()))
                    .forEach(returned -> {
                        var returning = returned.in(State.RETURNING, null);
                        changes.giveBack(returning);
                        changes.begin(new Begun(returning, returned.words(), returned.now()));
                    });
            return distributions.write(tx, changes, now);
        });
    }

    private Uni<StoredResponse> awardFromBudget(Tx tx, Request request, Distribution completed) {
        return wallets.lock(tx, List.of(completed.debitedWallet(), completed.creditedWallet()))
                .chain(locked -> projection.isSuspended(tx, request.tenantId()).chain(suspended -> {
                    var changes = new Changes(locked);
                    if (suspended) {
                        return reject(tx, request, changes, RefusalReason.TENANT_SUSPENDED);
                    }
                    if (!changes.wallet(completed.debitedWallet()).holds(request.amount())) {
                        return rejectTooMuch(tx, request, changes, completed.debitedWallet());
                    }
                    changes.award(completed);
                    return save(tx, request, completed, changes);
                }));
    }

    private Uni<StoredResponse> giveBack(Tx tx, Request request) {
        var returning = request.in(State.RETURNING, null);
        return wallets.lock(tx, List.of(returning.debitedWallet())).chain(locked -> {
            var changes = new Changes(locked);
            if (!changes.wallet(returning.debitedWallet()).holds(request.amount())) {
                return rejectTooMuch(tx, request, changes, returning.debitedWallet());
            }
            changes.giveBack(returning);
            return save(tx, request, returning, changes);
        });
    }

    private Uni<StoredResponse> rejectTooMuch(Tx tx, Request request, Changes changes, Wallet.Key budget) {
        changes.refusedAt(request.id(), changes.wallet(budget).balance());
        return reject(tx, request, changes, RefusalReason.INSUFFICIENT_BUDGET_BALANCE);
    }

    private Uni<StoredResponse> reject(Tx tx, Request request, Changes changes, RefusalReason reason) {
        var rejected = request.in(State.REJECTED, reason);
        changes.rejected(rejected);
        return save(tx, request, rejected, changes);
    }

    private Uni<StoredResponse> save(Tx tx, Request request, Distribution distribution, Changes changes) {
        changes.begin(new Begun(distribution, request.words(), request.now()));
        return distributions.write(tx, changes, request.now()).replaceWith(StoredResponse.of(distribution.id()));
    }

    private Uni<StoredResponse> refuse(Problem problem) {
        return Uni.createFrom().item(idempotency.refusal(problem));
    }
}
