package io.points.distribution.saga;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.saga.SagaMessages.Moved;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one transaction to distributions and wallets, collected in memory: states, ledger entries, log lines, feed
 * items and messages belong together and are written together, or not at all. Plain Java.
 */
public final class Changes {

    private final Instant now;
    private final Map<Wallet.Key, Wallet> wallets;
    private final Map<UUID, List<Distribution>> awardsOfBatches;
    private final List<Distribution> begun = new ArrayList<>();
    private final Map<UUID, Distribution> updated = new LinkedHashMap<>();
    private final Map<UUID, Long> balancesAtRefusal = new HashMap<>();
    private final List<Distribution> logged = new ArrayList<>();
    private final List<WalletEntry> entries = new ArrayList<>();
    private final List<FeedItem> feed = new ArrayList<>();
    private final Map<UUID, Reversal> reversals = new LinkedHashMap<>();
    private final Map<UUID, Lapse> lapses = new HashMap<>();
    private final Map<UUID, Lots> dated = new HashMap<>();
    private final Map<UUID, Lots> lotsHeld = new LinkedHashMap<>();
    private final List<Outgoing> outgoing = new ArrayList<>();

    /** A message with its permanent id. */
    record Outgoing(UUID id, Message message, Envelope.Actor actor, Instant at) {}

    /**
     * @param now when it happens
     * @param wallets those that may change, locked
     */
    public Changes(Instant now, Map<Wallet.Key, Wallet> wallets) {
        this(now, wallets, Map.of());
    }

    /**
     * @param now when it happens
     * @param wallets those that may change, locked
     * @param awardsOfBatches what each batch that may complete consists of
     */
    Changes(Instant now, Map<Wallet.Key, Wallet> wallets, Map<UUID, List<Distribution>> awardsOfBatches) {
        this.now = now;
        this.wallets = new HashMap<>(wallets);
        this.awardsOfBatches = awardsOfBatches;
    }

    /** Starts a distribution in its initial state. If a budget is debited, it must hold the amount. */
    public void begin(Distribution first) {
        begun.add(first);
        reach(first, first.createdAt(), 0);
    }

    /** Takes an award back. Its wallet must hold the amount. */
    public void reverse(Reversal reversal) {
        reversals.put(reversal.distribution().id(), reversal);
        begin(reversal.distribution());
    }

    /** Lets points go back to the pool. Their wallet must hold them. */
    public void lapse(Lapse lapse) {
        lapses.put(lapse.distribution().id(), lapse);
        begin(lapse.distribution());
    }

    /**
     * Takes points out of a wallet that nobody has any more. It must hold them.
     *
     * @param id the lapse's own
     * @param amount 1 … 2^53 - 1 points
     * @param expiresOn the last day on which they could be used; null if all that the wallet held lapses
     * @param lots what of them is dated
     */
    public void expire(
            UUID id, Wallet.Key wallet, LapseReason reason, @Nullable LocalDate expiresOn, long amount, Lots lots) {
        var before = wallet(wallet);
        var eventId = Ids.derive(id, PointsExpired.class.getSimpleName());
        var after = before.after(-amount, before.lots().take(lots).left());
        enter(new WalletEntry(after, -amount, lots, WalletEntry.EXPIRY, id, eventId));
        var event = new PointsExpired(
                id,
                wallet.tenantId(),
                wallet.userId(),
                wallet.kind() == WalletKind.BUDGET ? Account.BUDGET : Account.EARNED,
                reason,
                expiresOn,
                amount,
                after.entryNumber(),
                after.balance());
        outgoing.add(new Outgoing(eventId, event, Envelope.Actor.SYSTEM, now));
    }

    /**
     * What is known of the days of a distribution's points: what of them was dated in the pool that a delegation brings, or in the budget
     * that is returned.
     */
    void dated(UUID distribution, Lots lots) {
        dated.put(distribution, lots);
    }

    private Lots datedOf(Distribution distribution) {
        return dated.getOrDefault(distribution.id(), Lots.NONE);
    }

    /**
     * Moves a distribution to its next state.
     *
     * @param refunded points refunded to the pool
     */
    void step(Distribution before, Saga.Step step, long refunded) {
        if (before.state() == State.HELD) {
            release(before, step.reason(), Lots.NONE);
        }
        go(before, step, refunded);
    }

    /**
     * Ends the wait of a distribution for approval.
     *
     * @param lots what of the points is dated, in the budget that they wait out of, or in the pool that a delegation comes from
     */
    void decide(Distribution held, Saga.Step step, Lots lots) {
        release(held, step.reason(), lots);
        if (held.source() == PointsSource.POOL) {
            dated(held.id(), lots);
        }
        go(held, step, 0);
    }

    private void go(Distribution before, Saga.Step step, long refunded) {
        var after = before.after(step);
        updated.put(after.id(), after);
        if (after.state() == before.state()) {
            send(after, Saga.onRetry(after, Moved.before(datedOf(after))), now);
        } else {
            reach(after, now, refunded);
        }
    }

    private void reach(Distribution reached, Instant at, long refunded) {
        if (reached.state() != State.REQUESTED) {
            // The row itself has the time of the request.
            logged.add(reached);
        }
        var moved = move(reached, refunded);
        Saga.onReaching(reached, moved).forEach(message -> send(reached, message, at));
    }

    private Moved move(Distribution reached, long refunded) {
        return switch (reached.state()) {
            case RETURNING ->
                switch (reached.kind()) {
                    case REVERSAL -> takeBack(reached);
                    case LAPSE -> lapsed(reached);
                    case RETURN, DELEGATION, AWARD, BATCH, TRANSFER ->
                        Moved.returned(debit(reached, eventId(reached, BudgetReturned.class)));
                };
            case COMPLETED ->
                switch (reached.kind()) {
                    case RETURN -> {
                        feed.add(reached.feedItem(Ids.derive(reached.id(), "PointsReturnedToPool")));
                        yield Moved.noWallet(0);
                    }
                    case REVERSAL -> takeBack(reached);
                    case LAPSE, TRANSFER -> Moved.noWallet(0);
                    case BATCH -> Moved.awards(beginAwards(reached));
                    case DELEGATION -> credit(reached, eventId(reached, PointsDelegated.class));
                    case AWARD -> credit(reached, eventId(reached, PointsAwarded.class));
                };
            case HELD -> hold(reached);
            case REQUESTED, CANCELLING, COMPENSATING, SET_ASIDE, REJECTED, CANCELLED, COMPENSATED ->
                Moved.noWallet(refunded);
        };
    }

    /** Out of the pool the points are already; out of a budget now. */
    private Moved hold(Distribution held) {
        var until = held.approval().until(now);
        if (held.source() == PointsSource.POOL) {
            return hold(held, null, datedOf(held), until);
        }
        var before = wallet(held.debitedWallet());
        var used = before.lots().take(held.amount());
        var entry = enter(new WalletEntry(
                before.after(-held.amount(), used.left()),
                -held.amount(),
                used.taken(),
                WalletEntry.HOLD,
                WalletEntry.held(held.id()),
                eventId(held, DistributionHeld.class)));
        return hold(held, entry.after(), used.taken(), until);
    }

    private Moved hold(Distribution held, @Nullable Wallet budget, Lots lots, Instant until) {
        if (!lots.isEmpty()) {
            lotsHeld.put(held.id(), lots);
        }
        return Moved.held(budget, lots, until);
    }

    /** To where the points were before they waited, with the days that they had there. */
    private void release(Distribution held, @Nullable RefusalReason against, Lots lots) {
        Wallet budget = null;
        if (held.source() == PointsSource.BUDGET) {
            var before = wallet(held.debitedWallet());
            var dated = before.lots().fitting(lots);
            budget = enter(new WalletEntry(
                            before.after(held.amount(), before.lots().plus(dated)),
                            held.amount(),
                            dated,
                            WalletEntry.RELEASE,
                            WalletEntry.released(held.id()),
                            eventId(held, DistributionReleased.class)))
                    .after();
        }
        send(held, SagaMessages.released(held, against, budget, lots), now);
    }

    private Moved credit(Distribution done, UUID eventId) {
        var budget = done.source() == PointsSource.BUDGET ? debit(done, eventId).after() : null;
        var before = wallet(done.creditedWallet());
        var lastDay = before.dating().lastDay(now);
        var credited = credit(before, datedOf(done).inWallet(done.amount(), lastDay), done.amount(), done, eventId);
        feed.add(done.feedItem(eventId));
        return Moved.credit(budget, credited);
    }

    /** Out of the award's wallet when it begins; once the pool has the points, no wallet moves. */
    private Moved takeBack(Distribution reached) {
        var reversal = reversals.get(reached.id());
        if (reversal == null) {
            return Moved.noWallet(0);
        }
        var eventId = eventId(reached, AwardReversed.class);
        var before = wallet(reversal.wallet());
        var used = before.lots()
                .takeLatest(reached.amount(), before.balance(), reversal.dates().ofAward());
        var earned = debit(before, used, reached, eventId).after();
        feed.add(reversal.feedItem(eventId));
        if (!reversal.toBudget()) {
            return Moved.reversed(earned, null, reversal.lotsOfBudget(), reversal);
        }
        var budget = wallet(reversal.award().debitedWallet());
        var back = credit(budget, reversal.lotsOfBudget(), reached.amount(), reached, eventId);
        return Moved.reversed(earned, back.after(), back.lots(), reversal);
    }

    /** Nobody is told in the feed: what has lapsed stands in the wallet's history. */
    private Moved lapsed(Distribution reached) {
        var lapse = lapses.get(reached.id());
        if (lapse == null) {
            throw new IllegalStateException("What lapses by " + reached.id() + " is not known");
        }
        var before = wallet(Wallet.Key.earned(reached.tenantId(), reached.fromUserId()));
        var used = before.lots().take(lapse.lots());
        return Moved.lapsed(
                debit(before, used, reached, eventId(reached, EarnedReturned.class))
                        .after(),
                lapse);
    }

    /** Out of a budget: what has lapsed, else what lapses first. */
    private WalletEntry debit(Distribution from, UUID eventId) {
        var before = wallet(from.debitedWallet());
        var lapse = lapses.get(from.id());
        var used = lapse == null
                ? before.lots().take(from.amount())
                : before.lots().take(lapse.lots());
        return debit(before, used, from, eventId);
    }

    private WalletEntry debit(Wallet before, Lots.Taken used, Distribution from, UUID eventId) {
        return enter(new WalletEntry(
                before.after(-from.amount(), used.left()), -from.amount(), used.taken(), from.id(), eventId));
    }

    private WalletEntry credit(Wallet before, Lots lots, long amount, Distribution done, UUID eventId) {
        var dated = before.lots().fitting(lots);
        return enter(
                new WalletEntry(before.after(amount, before.lots().plus(dated)), amount, dated, done.id(), eventId));
    }

    private int beginAwards(Distribution batch) {
        var awards = awardsOfBatches.getOrDefault(batch.id(), List.of());
        if (awards.stream().mapToLong(Distribution::amount).sum() != batch.amount()) {
            throw new IllegalStateException("The awards of batch " + batch.id() + " do not add up to the pool's debit");
        }
        awards.forEach(award -> begin(award.at(now)));
        return awards.size();
    }

    void tell(FeedItem item) {
        feed.add(item);
    }

    public Wallet wallet(Wallet.Key key) {
        return wallets.getOrDefault(key, Wallet.empty(key));
    }

    /**
     * What the pool or budget held when it refused a distribution.
     *
     * @param balance points
     */
    public void refusedAt(UUID distribution, long balance) {
        balancesAtRefusal.put(distribution, balance);
    }

    /** The distribution with these changes applied. */
    Distribution current(Distribution before) {
        return updated.getOrDefault(before.id(), before);
    }

    private WalletEntry enter(WalletEntry entry) {
        wallets.put(entry.after().key(), entry.after());
        entries.add(entry);
        return entry;
    }

    private void send(Distribution about, Message message, Instant at) {
        outgoing.add(new Outgoing(Ids.derive(about.id(), message.type()), message, about.actor(), at));
    }

    private static UUID eventId(Distribution about, Class<? extends Message> type) {
        return Ids.derive(about.id(), type.getSimpleName());
    }

    Instant now() {
        return now;
    }

    List<Distribution> begun() {
        return begun;
    }

    List<Distribution> updated() {
        return List.copyOf(updated.values());
    }

    Map<UUID, Lots> lotsHeld() {
        return lotsHeld;
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

    List<Reversal> reversals() {
        return List.copyOf(reversals.values());
    }

    List<Outgoing> outgoing() {
        return outgoing;
    }
}
