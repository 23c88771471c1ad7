package io.points.allocation.allocation;

import io.points.allocation.alert.BudgetStanding;
import io.points.allocation.alert.ExpectedAlert;
import io.points.allocation.tenant.LastAllocation;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an allocation would do, if it were made now. */
@Schema(name = "AllocationCheck")
record AllocationCheck(
        UUID tenantId,

        @Schema(description = "Points that would be put into the pool")
        long amount,

        @Schema(description = "Points in the pool now") long balanceBefore,

        @Schema(description = "Points in the pool afterwards")
        long balanceAfter,

        @Schema(description = "Number that the pool's ledger entry would have")
        long poolVersion,

        String currency,
        String pricePerPoint,

        @Schema(
                description =
                        "What would be billed: a decimal in the currency's major unit, rounded once, half to even")
        String billedCost,

        long contractRevision,
        @Nullable String poNumber,
        @Nullable String costCentre,

        @Schema(description = "Where the month would stand against the monthly budget; null if there is none") @Nullable
        BudgetStanding budget,

        @Schema(description = "Alerts that it would raise at once; it would be made all the same")
        List<ExpectedAlert> alerts,

        @Schema(description = "The tenant's newest allocation under the same reference note; null if there is none")
        @Nullable
        LastAllocation referenceUsedBy,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate expiresOn,

        @Schema(description = "Whether another platform admin would have to approve it first")
        boolean twoPeople) {}
