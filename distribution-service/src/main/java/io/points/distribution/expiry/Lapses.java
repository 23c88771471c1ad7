package io.points.distribution.expiry;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Lapse;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lapses in one transaction: each by an entry and an event, and what goes back to the pool by a distribution besides. Plain Java,
 * but for the writing.
 */
public final class Lapses {

    private final LapseReason reason;
    private final Instant now;
    private final Changes changes;
    private final Map<WalletKind, Long> points = new EnumMap<>(WalletKind.class);

    /**
     * @param now when they lapse
     * @param wallets those that may change, locked
     */
    public Lapses(LapseReason reason, Instant now, Map<Wallet.Key, Wallet> wallets) {
        this.reason = reason;
        this.now = now;
        changes = new Changes(now, wallets);
    }

    /**
     * These of a wallet, which have the same day.
     *
     * @param toPoolFor for whom the points go back to the pool; null if nobody has them any more
     */
    void lapse(Wallet.Key key, Lots ofOneDay, Envelope.@Nullable Actor toPoolFor) {
        if (!ofOneDay.isEmpty()) {
            lapse(key, ofOneDay.sum(), ofOneDay.first(), ofOneDay, toPoolFor);
        }
    }

    /**
     * All that the wallet holds, whatever its days are.
     *
     * @param toPoolFor for whom the points go back to the pool; null if nobody has them any more
     */
    public void lapseAll(Wallet.Key key, Envelope.@Nullable Actor toPoolFor) {
        var wallet = changes.wallet(key);
        if (wallet.balance() > 0) {
            lapse(key, wallet.balance(), null, wallet.lots(), toPoolFor);
        }
    }

    private void lapse(
            Wallet.Key key, long amount, @Nullable LocalDate day, Lots lots, Envelope.@Nullable Actor toPoolFor) {
        points.merge(key.kind(), amount, Math::addExact);
        if (toPoolFor == null) {
            changes.expire(Ids.next(now), key, reason, day, amount, lots);
        } else {
            changes.lapse(Lapse.of(key, amount, reason, day, lots, now, toPoolFor));
        }
    }

    /** How many points of such wallets have lapsed. */
    public long points(WalletKind kind) {
        return points.getOrDefault(kind, 0L);
    }

    /** Writes the wallets, their entries and distributions, and tells of them, in this transaction. */
    public Uni<Void> write(Tx tx, Distributions distributions) {
        return distributions.write(tx, changes);
    }
}
