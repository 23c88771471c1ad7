package io.points.distribution.expiry;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Lapse;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.distribution.wallet.Wallets;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lapses of earned points in one transaction: each by an entry and an event, and what goes back to the pool by a distribution
 * besides. Plain Java, but for the writing.
 */
public final class Lapses {

    private final LapseReason reason;
    private final Envelope.@Nullable Actor toPoolFor;
    private final Instant now;
    private final Map<Wallet.Key, Wallet> wallets;
    private final Changes changes;
    private final List<WalletEntry> entries = new ArrayList<>();
    private final List<PointsExpired> events = new ArrayList<>();
    private long points;

    /**
     * @param toPoolFor for whom the points go back to the pool; null if nobody has them any more
     * @param now when they lapse
     * @param wallets those that may change, locked
     */
    public Lapses(
            LapseReason reason, Envelope.@Nullable Actor toPoolFor, Instant now, Map<Wallet.Key, Wallet> wallets) {
        this.reason = reason;
        this.toPoolFor = toPoolFor;
        this.now = now;
        this.wallets = new HashMap<>(wallets);
        changes = new Changes(now, wallets);
    }

    /** These of a wallet, which have the same day. */
    void lapse(Wallet.Key key, Lots ofOneDay) {
        lapse(key, ofOneDay.sum(), ofOneDay.first());
    }

    /** All that the wallet holds, whatever its days are. */
    public void lapseAll(Wallet.Key key) {
        long balance = wallets.get(key).balance();
        if (balance > 0) {
            lapse(key, balance, null);
        }
    }

    private void lapse(Wallet.Key key, long amount, @Nullable LocalDate day) {
        points = Math.addExact(points, amount);
        if (toPoolFor == null) {
            expire(wallets.get(key), amount, day);
        } else {
            changes.lapse(Lapse.of(key, amount, reason, day, now, toPoolFor));
        }
    }

    private void expire(Wallet before, long amount, @Nullable LocalDate day) {
        // Not what is earliest: of an earlier day that was told late, points may still be used.
        var used = before.lots().takeLatest(amount, before.balance(), day);
        var after = before.after(-amount, used.left());
        wallets.put(after.key(), after);
        var id = Ids.next(now);
        entries.add(new WalletEntry(after, -amount, used.taken(), WalletEntry.EXPIRY, id, eventId(id)));
        events.add(new PointsExpired(
                id,
                after.key().tenantId(),
                after.key().userId(),
                Account.EARNED,
                reason,
                day,
                amount,
                after.entryNumber(),
                after.balance()));
    }

    private static UUID eventId(UUID lapse) {
        return Ids.derive(lapse, PointsExpired.class.getSimpleName());
    }

    /** How many points have lapsed. */
    public long points() {
        return points;
    }

    /** Writes the wallets, their entries and distributions, and tells of them, in this transaction. */
    public Uni<Void> write(Tx tx, Wallets ofTables, Distributions distributions) {
        if (toPoolFor != null) {
            return distributions.write(tx, changes);
        }
        events.forEach(event -> tx.send(eventId(event.distributionId()), event, now, Envelope.Actor.SYSTEM));
        return ofTables.append(tx, entries, now);
    }
}
