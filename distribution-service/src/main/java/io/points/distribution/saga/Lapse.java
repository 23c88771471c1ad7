package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.PointsSource;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Points of a wallet that have lapsed and go back to the pool, by a distribution of their own: earned points by one of kind
 * {@code lapse}, those of a budget by a return like any other.
 *
 * @param distribution the lapse's own: from whoever had the points to nobody, who is the pool
 * @param expiresOn the last day on which they could be used; null if all that the wallet held lapses
 * @param lots what of them is dated
 */
public record Lapse(
        Distribution distribution,
        LapseReason reason,
        @Nullable LocalDate expiresOn,
        Lots lots) {

    /** What stands with it: the system's words, not a person's. */
    private static final String AGE = "The day is over until which the points could be used";

    private static final String CLOSED = "The company is closed";

    /**
     * @param amount 1 … 2^53 - 1 points, which the wallet holds
     * @param lots what of them is dated, which the wallet holds
     * @param actor for whom it is put on record
     */
    public static Lapse of(
            Wallet.Key wallet,
            long amount,
            LapseReason reason,
            @Nullable LocalDate expiresOn,
            Lots lots,
            Instant now,
            Envelope.Actor actor) {
        boolean ofBudget = wallet.kind() == WalletKind.BUDGET;
        return new Lapse(
                Distribution.first(
                        Ids.next(now),
                        now,
                        wallet.tenantId(),
                        ofBudget ? DistributionKind.RETURN : DistributionKind.LAPSE,
                        ofBudget ? PointsSource.BUDGET : PointsSource.POOL,
                        wallet.userId(),
                        null,
                        amount,
                        DistributionText.ofSystem(
                                switch (reason) {
                                    case AGE -> AGE;
                                    case CLOSED -> CLOSED;
                                }),
                        actor,
                        null),
                reason,
                expiresOn,
                lots);
    }
}
