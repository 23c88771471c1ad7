package io.points.audit.books;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a tenant's points are at a cut through its events, by what the events tell. All amounts are points. */
record Conservation(
        UUID tenantId,
        Cut cut,
        long allocated,
        long clawedBack,
        long pool,

        @Schema(description = "Left the pool or a budget and not arrived anywhere; 0 at rest")
        long inFlight,

        long budgetWallets,
        long earnedWallets,

        @Schema(description = "allocated - clawed_back = pool + in_flight + wallets, and the pool is what it states")
        boolean balanced,

        Newest newest) {

    /** The first leaves of the tenant's tree. No credit is among them without its debit, no pool entry without those before. */
    @Schema(name = "Cut")
    record Cut(
            @Schema(description = "How many leaves; 0 before the first")
            long treeSize,

            @Schema(description = "Time of the checkpoint that covers them") @Nullable
            Instant sealedAt) {}

    /** What has been added up so far; later than the cut while something that belongs before it is still to come. */
    @Schema(name = "NewestBooks")
    record Newest(
            long treeSize,

            @Schema(description = "Points of credits whose debit has not been heard of")
            long creditedEarly,

            @Schema(description = "Entries of the pool that have not been heard of, before one that has")
            long missingPoolEntries) {}

    static Conservation of(Books cut, @Nullable Instant sealedAt, Books newest) {
        return new Conservation(
                cut.tenantId(),
                new Cut(cut.treeSize(), sealedAt),
                cut.allocated(),
                cut.clawedBack(),
                cut.pool(),
                cut.inFlight(),
                cut.budget(),
                cut.earned(),
                cut.balances(),
                new Newest(
                        newest.treeSize(),
                        newest.creditedEarly(),
                        Math.max(newest.poolVersion() - newest.poolEntries(), 0)));
    }
}
