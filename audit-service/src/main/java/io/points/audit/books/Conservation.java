package io.points.audit.books;

import io.points.platform.money.AlsoText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a tenant's points are at a cut through its events, by what the events tell. All amounts are points. */
record Conservation(
        UUID tenantId,

        @Schema(description = "All that was sealed before this moment is in these figures")
        Instant asOf,

        Cut cut,
        @AlsoText long allocated,
        @AlsoText long clawedBack,
        @AlsoText long pool,

        @Schema(description = "Left the pool or a budget and not arrived anywhere; 0 at rest") @AlsoText
        long inFlight,

        @AlsoText long budgetWallets,
        @AlsoText long earnedWallets,

        @Schema(description = "Of the pool, waiting for a decision; nobody can give them meanwhile") @AlsoText
        long reserved,

        @Schema(description = "Lapsed so far: nobody has them any more") @AlsoText
        long expired,

        @Schema(
                description =
                        "allocated - clawed_back = pool + reserved + in_flight + wallets + expired, the pool is what it states, and the cut has"
                                + " not stood still for more than a minute")
        boolean balanced,

        Newest newest) {

    /** The first leaves of the tenant's tree. No credit is among them without its debit, no pool entry without those before. */
    @Schema(name = "Cut")
    record Cut(
            @Schema(description = "How many leaves; 0 before the first")
            long treeSize,

            @Schema(description = "Time of the checkpoint that covers them") @Nullable
            Instant sealedAt,

            @Schema(
                    description =
                            "For how long newer leaves have been waiting that are in no cut yet; 0 if there are none, and"
                                    + " a moment while points move. Seconds")
            long staleSeconds) {}

    /**
     * When a cut holds.
     *
     * @param sealedAt time of the checkpoint that covers it; null before the first
     * @param overtakenAt time of the first checkpoint that has leaves beyond it; null if there is none
     * @param askedAt the moment that is asked for
     */
    record Moment(@Nullable Instant sealedAt, @Nullable Instant overtakenAt, Instant askedAt) {

        Instant asOf() {
            return overtakenAt == null ? askedAt : overtakenAt;
        }

        /** Not negative, though clocks of the database and of who signs may differ by a moment. */
        Duration stale() {
            var stale = Duration.between(asOf(), askedAt);
            return stale.isNegative() ? Duration.ZERO : stale;
        }
    }

    /** What has been added up so far; later than the cut while something that belongs before it is still to come. */
    @Schema(name = "NewestBooks")
    record Newest(
            long treeSize,

            @Schema(description = "Points of credits whose debit has not been consumed")
            long creditedEarly,

            @Schema(description = "Entries of the pool that have not been consumed, before one that has")
            long missingPoolEntries) {}

    /**
     * @param lateAfter a cut that has been stale for longer is not called balanced: what came after it may be anything
     */
    static Conservation of(Books cut, Moment moment, Duration lateAfter, Books newest) {
        return new Conservation(
                cut.tenantId(),
                moment.asOf(),
                new Cut(cut.treeSize(), moment.sealedAt(), moment.stale().toSeconds()),
                cut.allocated(),
                cut.clawedBack(),
                cut.pool(),
                cut.inFlight(),
                cut.budget(),
                cut.earned(),
                cut.reserved(),
                cut.expired(),
                cut.balances() && moment.stale().compareTo(lateAfter) <= 0,
                new Newest(
                        newest.treeSize(),
                        newest.creditedEarly(),
                        Math.max(newest.poolVersion() - newest.poolEntries(), 0)));
    }
}
