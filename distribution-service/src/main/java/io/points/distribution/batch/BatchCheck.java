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

        @Schema(
                description =
                        "Points that there are to give from, as far as is known: the department's, or those of the pool that are no department's")
        long available,

        @Schema(description = "Whether these would do for all who would not be refused")
        boolean poolSuffices,

        @Schema(description = "Whether, as things stand, every receiver would be awarded")
        boolean wouldComplete) {

    /** One receiver who would be refused. */
    @Schema(name = "RefusedReceiver")
    record Refused(int line, UUID toUserId, RefusalReason reason) {}

    /**
     * What there is to give from, as far as is known.
     *
     * @param pool points of the pool, all envelopes included
     * @param available points of the envelope that is named, or else of the pool without all envelopes
     */
    record Held(long pool, long available) {}

    static BatchCheck of(Batch batch, BatchRefusals refusals, Held held) {
        var refused = refusals.lines();
        var needed = batch.amount()
                - refused.stream().mapToLong(one -> one.line().amount()).sum();
        var suffices = needed <= held.available();
        return new BatchCheck(
                batch.mode().word(),
                batch.lines().size(),
                batch.amount(),
                refused.stream()
                        .map(one -> new Refused(one.line().number(), one.line().toUserId(), one.reason()))
                        .toList(),
                refusals.rule(),
                held.pool(),
                held.available(),
                suffices,
                suffices && refused.isEmpty() && refusals.rule() == null);
    }
}
