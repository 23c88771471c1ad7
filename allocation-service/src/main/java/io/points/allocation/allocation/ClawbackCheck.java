package io.points.allocation.allocation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.allocation.alert.ExpectedAlert;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a clawback would do, if it were made now. Which purchases it would credit is told by billing-service. */
@Schema(name = "ClawbackCheck")
record ClawbackCheck(
        UUID tenantId,

        @Schema(description = "Points that would be taken out of the pool")
        long amount,

        @Schema(description = "Points that were asked for and are not there") @JsonProperty("short")
        long lacking,

        @Schema(description = "Points in the pool now") long balanceBefore,

        @Schema(description = "Points in the pool afterwards")
        long balanceAfter,

        @Schema(description = "Number that the pool's ledger entry would have")
        long poolVersion,

        @Schema(description = "Whether another platform admin would have to approve it first")
        boolean twoPeople,

        @Schema(description = "Alerts that it would raise at once; it would be made all the same")
        List<ExpectedAlert> alerts) {}
