package io.points.distribution.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.contract.RefusalReason;
import io.points.distribution.approval.UndoMode;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a batch.
 *
 * @param mode {@code all_or_nothing} or {@code each}
 * @param receivers how many there are: accepted + completed + refused
 * @param amount points of all of them
 * @param completedAmount points that have arrived
 * @param balanceAtRefusal points in the pool when it held too little for all of them; null if that was not why. Told with
 *     the refusal only
 * @param approvalRule of one that is all or nothing: the rule of the company by which it must be approved; absent if none wants that
 * @param undo how it is taken back; absent while nobody has asked for that
 */
@Schema(name = "Batch")
record BatchView(
        UUID batchId,
        @Schema(implementation = Batch.Mode.class) String mode,

        @Schema(description = "ACCEPTED while some are open; then COMPLETED, PARTLY_COMPLETED or REFUSED")
        State state,

        long receivers,
        @AlsoText long amount,

        @Schema(description = "Receivers whose award is still open")
        long accepted,

        long completed,
        long refused,
        @AlsoText long completedAmount,
        List<Refusal> refusals,
        UUID requestedBy,
        Instant createdAt,

        @JsonIgnore @Nullable Long balanceAtRefusal,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvalRule,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Undo undo) {

    /** Where the batch as a whole stands. */
    @Schema(name = "BatchState")
    enum State {
        ACCEPTED,
        COMPLETED,
        PARTLY_COMPLETED,
        REFUSED;

        static State of(long accepted, long completed, long refused) {
            if (accepted > 0) {
                return ACCEPTED;
            }
            if (refused == 0) {
                return COMPLETED;
            }
            return completed == 0 ? REFUSED : PARTLY_COMPLETED;
        }
    }

    /** How many were refused for the same reason. */
    @Schema(name = "BatchRefusal")
    record Refusal(
            @Schema(implementation = RefusalReason.class) String reason, long receivers) {}

    /**
     * How it is taken back.
     *
     * @param mode {@code all_or_nothing} or {@code what_is_there}
     */
    @Schema(name = "BatchUndo")
    record Undo(
            @Schema(implementation = BatchUndo.State.class) String state,
            @Schema(implementation = UndoMode.class) String mode,
            UUID undoneBy,
            Instant undoneAt,
            int reversed,
            @AlsoText long amount,
            @AlsoText long missing,
            int alreadyReversed,
            int emptyWallets) {

        private static Undo of(Row row) {
            return new Undo(
                    row.getString("undo_state"),
                    row.getString("undo_mode"),
                    row.getUUID("undone_by"),
                    row.getOffsetDateTime("undone_at").toInstant(),
                    row.getInteger("reversed"),
                    row.getLong("undone_amount"),
                    row.getLong("missing"),
                    row.getInteger("already_reversed"),
                    row.getInteger("empty_wallets"));
        }
    }

    @Schema(hidden = true)
    boolean isOpen() {
        return state == State.ACCEPTED;
    }

    @Schema(hidden = true)
    boolean isBeingUndone() {
        return undo != null && undo.state().equals(BatchUndo.State.UNDOING.name());
    }

    /** @param counts a row per state and reason, at least one */
    static BatchView of(List<Row> counts) {
        long accepted = 0;
        long completed = 0;
        long refused = 0;
        long completedAmount = 0;
        var refusals = new ArrayList<Refusal>();
        for (var row : counts) {
            long receivers = row.getLong("of_state");
            switch (LineStatus.of(row.getString("state"))) {
                case ACCEPTED -> accepted += receivers;
                case COMPLETED -> {
                    completed += receivers;
                    completedAmount += row.getLong("points");
                }
                case REFUSED -> {
                    refused += receivers;
                    refusals.add(new Refusal(row.getString("reason"), receivers));
                }
            }
        }
        var row = counts.get(0);
        return new BatchView(
                row.getUUID("id"),
                row.getString("mode"),
                State.of(accepted, completed, refused),
                row.getLong("receivers"),
                row.getLong("amount"),
                accepted,
                completed,
                refused,
                completedAmount,
                refusals,
                row.getUUID("requested_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("balance_at_refusal"),
                row.getString("approval_rule"),
                row.getString("undo_state") == null ? null : Undo.of(row));
    }
}
