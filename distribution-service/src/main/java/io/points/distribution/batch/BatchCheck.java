package io.points.distribution.batch;

import io.points.contract.RefusalReason;
import io.points.platform.money.AlsoText;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a batch would lead to if it were asked for now. Nothing has moved.
 *
 * @param amount points of all receivers
 * @param refused who would be refused
 * @param rule of the company that would refuse all of it, or the first of those who would be refused by one; null if none would
 */
record BatchCheck(
        @Schema(implementation = Batch.Mode.class) String mode,
        long receivers,
        @AlsoText long amount,
        List<Refused> refused,
        @Nullable String rule,

        @Schema(description = "Points in the pool, by its latest event")
        long poolBalance,

        @Schema(description = "Whether the pool would do for all who would not be refused")
        boolean poolSuffices,

        @Schema(description = "Whether, as things stand, every receiver would be awarded")
        boolean wouldComplete) {

    /** One receiver who would be refused. */
    @Schema(name = "RefusedReceiver")
    record Refused(int line, UUID toUserId, RefusalReason reason) {}

    static BatchCheck of(Batch batch, BatchRefusals refusals, long poolBalance) {
        var refused = refusals.lines();
        var needed = batch.amount()
                - refused.stream().mapToLong(one -> one.line().amount()).sum();
        var suffices = needed <= poolBalance;
        return new BatchCheck(
                batch.mode().word(),
                batch.lines().size(),
                batch.amount(),
                refused.stream()
                        .map(one -> new Refused(one.line().number(), one.line().toUserId(), one.reason()))
                        .toList(),
                refusals.rule(),
                poolBalance,
                suffices,
                suffices && refused.isEmpty() && refusals.rule() == null);
    }
}
