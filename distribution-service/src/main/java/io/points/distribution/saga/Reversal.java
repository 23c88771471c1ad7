package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.wallet.Wallet;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An award that is taken back, by a distribution of its own.
 *
 * @param distribution the reversal's own: from the award's receiver, to its giver or to nobody, who is the pool
 * @param missing points of the award that its wallet no longer holds, and that stay where they have gone
 */
public record Reversal(Distribution distribution, Distribution award, Dates dates, long missing) {

    /**
     * Until when the award's points could be used.
     *
     * @param ofAward the day that they were given with the award; null: for ever
     * @param ofBudget the days that they had in the budget that they came from, if they had any
     */
    public record Dates(@Nullable LocalDate ofAward, Lots ofBudget) {

        public static final Dates NONE = new Dates(null, Lots.NONE);
    }

    /**
     * @param id the reversal's own
     * @param dates until when the award's points could be used
     * @param toBudget whether the giver's budget gets the points, and not the pool
     * @param amount 1 … the award's amount, points
     */
    public static Reversal of(
            UUID id,
            Instant now,
            Distribution award,
            Dates dates,
            boolean toBudget,
            long amount,
            @Nullable String reason,
            Envelope.Actor actor) {
        var first = Distribution.first(
                id,
                now,
                award.tenantId(),
                DistributionKind.REVERSAL,
                toBudget ? PointsSource.BUDGET : PointsSource.POOL,
                award.receiver().userId(),
                toBudget ? award.fromUserId() : null,
                amount,
                DistributionText.description(reason),
                actor,
                debitOf(award));
        return new Reversal(first, award, dates, award.amount() - amount);
    }

    /** By which the points left the pool; none of its own if they came out of a budget. */
    private static @Nullable UUID debitOf(Distribution award) {
        if (award.source() == PointsSource.BUDGET) {
            return null;
        }
        return award.debitId() == null ? award.id() : award.debitId();
    }

    /** The wallet that is debited. */
    Wallet.Key wallet() {
        return award.creditedWallet();
    }

    /** The days with which the points go back into the budget. */
    Lots lotsOfBudget() {
        return dates.ofBudget().take(distribution.amount()).taken();
    }

    boolean toBudget() {
        return distribution.source() == PointsSource.BUDGET;
    }

    /** For the giver and the receiver of the award, and for managers. */
    FeedItem feedItem(UUID eventId) {
        return new FeedItem(
                award.tenantId(),
                FeedItem.Kind.REVERSAL,
                FeedItem.Audience.MANAGERS,
                award.fromUserId(),
                award.toUserId(),
                distribution.amount(),
                distribution.id(),
                eventId);
    }
}
