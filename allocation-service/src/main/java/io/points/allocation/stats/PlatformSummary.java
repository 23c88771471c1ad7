package io.points.allocation.stats;

import io.points.platform.money.AlsoText;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All tenants in numbers. Sums are points; they stop at 2^60. Months are calendar months, UTC. */
@Schema(name = "PlatformSummary")
record PlatformSummary(
        @Schema(description = "When it was added up") Instant asOf,

        @Schema(description = "How many tenants there are") int tenants,

        @Schema(description = "How many of them are suspended")
        int suspendedTenants,

        @Schema(description = "What all pools hold") @AlsoText
        long pointsInPools,

        @Schema(description = "Allocated since this month began") @AlsoText
        long allocatedThisMonth,

        @Schema(description = "Allocated in all of last month") @AlsoText
        long allocatedLastMonth,

        @Schema(description = "Clawed back since this month began") @AlsoText
        long clawedBackThisMonth,

        @Schema(description = "Clawed back in all of last month") @AlsoText
        long clawedBackLastMonth,

        @Schema(description = "How many alerts are open, by kind; kinds without any are not named")
        Map<String, Integer> openAlerts,

        @Schema(description = "Adjustments of pools that wait for another platform admin")
        int proposedPoolAdjustments,

        @Schema(description = "Proposals, such as large clawbacks, that wait for another platform admin")
        int openProposals) {}
