package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.saga.Beginnings.Begun;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to distributions and wallets, gathered in memory: states, ledger entries, log lines, feed
 * items and messages belong together and are written together, or not at all. Plain Java.
 */
final class Changes {

    private final Map<Wallet.Key, Wallet> wallets;
    private final Map<UUID, List<Begun>> awardsOfBatches;
    private final List<Begun> begun = new ArrayList<>();
    private final Map<UUID, Distribution> updated = new LinkedHashMap<>();
    private final Map<UUID, Long> balancesAtRefusal = new HashMap<>();
    private final List<Distribution> logged = new ArrayList<>();
    private final List<WalletEntry> entries = new ArrayList<>();
    private final List<FeedItem> feed = new ArrayList<>();
    private final List<Outgoing> outgoing = new ArrayList<>();

    /** A message, under the id it will always have. */
    record Outgoing(UUID id, Message message, Envelope.Cause cause) {}

    /** @param wallets those that may change, locked */
    Changes(Map<Wallet.Key, Wallet> wallets) {
        this(wallets, Map.of());
    }

    /**
     * @param wallets those that may change, locked
     * @param awardsOfBatches what each batch that may complete consists of
     */
    Changes(Map<Wallet.Key, Wallet> wallets, Map<UUID, List<Begun>> awardsOfBatches) {
        this.wallets = new HashMap<>(wallets);
        this.awardsOfBatches = awardsOfBatches;
    }

    /** A distribution that is new. What it does is told apart. */
    void begin(Begun one) {
        begun.add(one);
    }

    /** Takes a distribution one step on. */
    void step(Distribution before, Saga.Step step, long refunded) {
        var after = before.in(step.to(), step.reason());
        updated.put(after.id(), after);
        ask(after, step.ask());
        if (before.state() == step.to()) {
            return;
        }
        logged.add(after);
        switch (step.to()) {
            case COMPLETED -> complete(after);
            case REJECTED -> reject(after);
            case CANCELLED ->
                send(
                        after,
                        new WalletEvent.DistributionCancelled(
                                after.id(), after.tenantId(), after.kind(), after.amount(), refunded, why(after)));
            case COMPENSATED ->
                send(
                        after,
                        new WalletEvent.DistributionCompensated(
                                after.id(), after.tenantId(), after.kind(), after.amount(), refunded, why(after)));
            case CANCELLING ->
                send(
                        after,
                        new WalletEvent.DistributionCancelling(
                                after.id(), after.tenantId(), after.kind(), after.amount(), why(after)));
            case COMPENSATING ->
                send(
                        after,
                        new WalletEvent.DistributionCompensating(
                                after.id(), after.tenantId(), after.kind(), after.amount(), why(after)));
            case REQUESTED, RETURNING, SET_ASIDE -> {
                // The first two are where a distribution begins; the third is told by the pool.
            }
        }
    }

    /** A distribution from the pool begins: it is told, and the pool is asked. */
    void request(Distribution requested) {
        send(
                requested,
                new WalletEvent.DistributionRequested(
                        requested.id(),
                        requested.tenantId(),
                        requested.kind(),
                        requested.fromUserId(),
                        requested.toUserId(),
                        requested.amount()));
        send(
                requested,
                new PoolCommand.DebitPool(requested.id(), requested.tenantId(), requested.kind(), requested.amount()));
    }

    /** An award that is complete at once: its points have left the budget's wallet, or the pool by a batch's debit. */
    void award(Distribution completed) {
        logged.add(completed);
        complete(completed);
    }

    /** A budget goes back: the wallet is debited now, the pool is asked. The budget must hold the amount. */
    void giveBack(Distribution returning) {
        logged.add(returning);
        var debited =
                enter(returning.debitedWallet(), -returning.amount(), returning, eventId(returning, "BudgetReturned"));
        send(
                returning,
                new WalletEvent.BudgetReturned(
                        returning.id(),
                        returning.tenantId(),
                        returning.fromUserId(),
                        returning.amount(),
                        debited.entryNumber(),
                        debited.balance()));
        ask(returning, Saga.Step.Ask.RETURN);
    }

    /** A distribution that was refused on the spot. */
    void rejected(Distribution rejected) {
        logged.add(rejected);
        reject(rejected);
    }

    void tell(FeedItem item) {
        feed.add(item);
    }

    Wallet wallet(Wallet.Key key) {
        return wallets.getOrDefault(key, Wallet.empty(key));
    }

    /**
     * What the pool or budget held when it refused a distribution.
     *
     * @param balance points
     */
    void refusedAt(UUID distribution, long balance) {
        balancesAtRefusal.put(distribution, balance);
    }

    /** The distribution as it stands with these changes. */
    Distribution standing(Distribution before) {
        return updated.getOrDefault(before.id(), before);
    }

    private void complete(Distribution done) {
        switch (done.kind()) {
            case RETURN -> feed.add(done.feedItem(eventId(done, "PointsReturnedToPool")));
            case BATCH -> completeBatch(done);
            case AWARD, DELEGATION -> credit(done);
        }
    }

    private void completeBatch(Distribution batch) {
        var awards = awardsOfBatches.getOrDefault(batch.id(), List.of());
        if (awards.stream().mapToLong(award -> award.distribution().amount()).sum() != batch.amount()) {
            throw new IllegalStateException("The awards of batch " + batch.id() + " are not what the pool was debited");
        }
        awards.forEach(award -> {
            begin(award);
            award(award.distribution());
        });
        send(
                batch,
                new WalletEvent.BatchAwarded(
                        batch.id(), batch.tenantId(), batch.fromUserId(), awards.size(), batch.amount()));
    }

    private void credit(Distribution done) {
        var type = done.kind() == DistributionKind.DELEGATION ? "PointsDelegated" : "PointsAwarded";
        var eventId = eventId(done, type);
        var budget = done.source() == PointsSource.BUDGET
                ? enter(done.debitedWallet(), -done.amount(), done, eventId)
                : null;
        var credited = enter(done.creditedWallet(), done.amount(), done, eventId);
        feed.add(done.feedItem(eventId));
        send(
                done,
                done.kind() == DistributionKind.DELEGATION
                        ? delegated(done, credited)
                        : awarded(done, credited, budget));
    }

    private static WalletEvent delegated(Distribution done, Wallet credited) {
        return new WalletEvent.PointsDelegated(
                done.id(),
                done.tenantId(),
                done.fromUserId(),
                credited.key().userId(),
                done.amount(),
                credited.entryNumber(),
                credited.balance());
    }

    private static WalletEvent awarded(Distribution done, Wallet credited, @Nullable Wallet budget) {
        return new WalletEvent.PointsAwarded(
                done.id(),
                done.tenantId(),
                done.source(),
                done.fromUserId(),
                credited.key().userId(),
                done.amount(),
                credited.entryNumber(),
                credited.balance(),
                budget == null ? null : budget.entryNumber(),
                budget == null ? null : budget.balance(),
                done.debitId());
    }

    private void reject(Distribution rejected) {
        send(
                rejected,
                new WalletEvent.DistributionRejected(
                        rejected.id(), rejected.tenantId(), rejected.kind(), rejected.amount(), why(rejected)));
    }

    private Wallet enter(Wallet.Key key, long amount, Distribution cause, UUID eventId) {
        var after = wallet(key).after(amount);
        wallets.put(key, after);
        entries.add(new WalletEntry(after, amount, cause.id(), eventId));
        return after;
    }

    private void ask(Distribution distribution, Saga.Step.Ask ask) {
        switch (ask) {
            case NOTHING -> {
                // Nothing more is needed from the pool.
            }
            case CANCEL ->
                send(distribution, new PoolCommand.CancelPoolDebit(distribution.id(), distribution.tenantId()));
            case REFUND -> send(distribution, new PoolCommand.RefundPool(distribution.id(), distribution.tenantId()));
            case RETURN ->
                send(
                        distribution,
                        new PoolCommand.ReturnToPool(
                                distribution.id(),
                                distribution.tenantId(),
                                distribution.fromUserId(),
                                distribution.amount()));
        }
    }

    private void send(Distribution about, Message message) {
        outgoing.add(new Outgoing(eventId(about, message.type()), message, about.cause()));
    }

    private static UUID eventId(Distribution about, String type) {
        return Ids.derive(about.id(), type);
    }

    private static RefusalReason why(Distribution distribution) {
        if (distribution.reason() == null) {
            throw new IllegalStateException("Distribution " + distribution.id() + " ends without a reason");
        }
        return distribution.reason();
    }

    List<Begun> begun() {
        return begun;
    }

    List<Distribution> updated() {
        return List.copyOf(updated.values());
    }

    Map<UUID, Long> balancesAtRefusal() {
        return balancesAtRefusal;
    }

    List<Distribution> logged() {
        return logged;
    }

    List<WalletEntry> entries() {
        return entries;
    }

    List<FeedItem> feed() {
        return feed;
    }

    List<Outgoing> outgoing() {
        return outgoing;
    }
}
