package io.points.distribution.award;

import io.points.contract.PointsSource;
import io.points.distribution.saga.Reversal;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a reversal would do, if it were made now. Nothing has moved. */
@Schema(name = "ReversalCheck")
record ReversalCheck(
        UUID awardId,

        @Schema(description = "Whose wallet the points would leave")
        UUID userId,

        @Schema(description = "Points that would be taken") long amount,

        @Schema(
                description =
                        "Points of the award that the wallet no longer holds; they would stay where they have gone")
        long missing,

        @Schema(description = "Points in the wallet now") long balanceBefore,

        @Schema(description = "Points in the wallet afterwards")
        long balanceAfter,

        @Schema(implementation = PointsSource.class) String to,

        @Schema(description = "Whose budget would get them; null if the pool would") @Nullable
        UUID budgetUserId,

        @Schema(description = "Whether another manager would have to approve it")
        boolean approvalNeeded) {

    static ReversalCheck of(Reversal reversal, long held, boolean approvalNeeded) {
        var first = reversal.distribution();
        return new ReversalCheck(
                reversal.award().id(),
                first.fromUserId(),
                first.amount(),
                reversal.missing(),
                held,
                held - first.amount(),
                first.source().word(),
                first.toUserId(),
                approvalNeeded);
    }
}
