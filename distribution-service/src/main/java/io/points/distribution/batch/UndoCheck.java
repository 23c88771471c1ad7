package io.points.distribution.batch;

import io.points.distribution.approval.UndoMode;
import io.points.platform.money.AlsoText;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the undo of a batch would do, if it were made now. Nothing has moved. */
@Schema(name = "BatchUndoCheck")
record UndoCheck(
        UUID batchId,
        @Schema(implementation = UndoMode.class) String mode,
        int reversed,
        @AlsoText long amount,
        @AlsoText long missing,
        int alreadyReversed,
        int emptyWallets,

        @Schema(description = "Up to 100 of the receivers whose wallets hold less than their award")
        List<Short> tooShort,

        @Schema(description = "Whether another manager would have to approve it")
        boolean approvalNeeded) {

    /** A receiver whose wallet holds less than the award. */
    @Schema(name = "BatchUndoShortfall")
    record Short(int line, UUID toUserId, long amount, long balance) {}

    static UndoCheck of(UUID batch, UndoMode mode, UndoPlan plan, boolean approvalNeeded) {
        var sums = plan.sums();
        return new UndoCheck(
                batch,
                mode.word(),
                sums.reversed(),
                sums.amount(),
                sums.missing(),
                sums.alreadyReversed(),
                sums.emptyWallets(),
                plan.named().stream()
                        .map(line -> new Short(line.number(), line.toUserId(), line.amount(), line.held()))
                        .toList(),
                approvalNeeded);
    }
}
