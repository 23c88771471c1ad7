package io.points.audit;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's points are, as the events tell it. All amounts are points.
 *
 * @param inFlight left the pool or a budget and not arrived anywhere, summed over distributions that more has left for
 *     than has arrived
 * @param balanced whether it all adds up
 */
record Conservation(
        UUID tenantId,
        long allocated,
        long clawedBack,
        long pool,

        @Schema(description = "Left the pool or a budget and not yet arrived; 0 at rest")
        long inFlight,

        long budgetWallets,
        long earnedWallets,

        @Schema(description = "False for a moment while an arrival is known before its departure")
        boolean balanced) {

    /**
     * A distribution for which more arrived than left adds nothing to {@code inFlight}, so its points are found in a pool
     * or wallet without having come from anywhere, and the sums differ.
     *
     * @param newestBalance the pool's balance as its newest movement states it; null if nothing has moved
     */
    static Conservation of(
            UUID tenantId,
            long allocated,
            long clawedBack,
            long pool,
            long inFlight,
            long budgetWallets,
            long earnedWallets,
            @Nullable Long newestBalance) {
        var nothingLostOrMade = allocated - clawedBack == pool + inFlight + budgetWallets + earnedWallets;
        var poolAgrees = pool == (newestBalance == null ? 0 : newestBalance);
        return new Conservation(
                tenantId,
                allocated,
                clawedBack,
                pool,
                inFlight,
                budgetWallets,
                earnedWallets,
                nothingLostOrMade && poolAgrees);
    }
}
