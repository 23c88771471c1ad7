package io.points.distribution.batch;

import io.points.contract.Envelope;
import io.points.distribution.approval.UndoMode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The undo of a batch, as far as it has come.
 *
 * @param reason null if it was erased, and once it has ended
 * @param reached the last line whose award has been taken back or passed over
 * @param sums what has come of it so far
 * @param actor who asked for it
 */
record BatchUndo(
        UUID batchId,
        UUID tenantId,
        UndoMode mode,
        State state,
        @Nullable String reason,
        int reached,
        UndoPlan.Sums sums,
        Envelope.Actor actor,
        Instant createdAt) {

    /** How far the undo of a batch is. */
    @Schema(name = "BatchUndoState")
    enum State {
        /** Awards are yet to be taken back. */
        UNDOING,
        /** Each award was taken back or passed over. */
        UNDONE,
        /** A wallet held too little when it was its turn; nothing moved. */
        REFUSED
    }

    static BatchUndo first(
            UUID batchId,
            UUID tenantId,
            UndoMode mode,
            @Nullable String reason,
            Envelope.Actor actor,
            Instant createdAt) {
        return new BatchUndo(batchId, tenantId, mode, State.UNDOING, reason, 0, UndoPlan.Sums.NONE, actor, createdAt);
    }

    /** With more lines seen to. */
    BatchUndo upTo(int line, UndoPlan.Sums more) {
        return with(State.UNDOING, reason, line, sums.plus(more));
    }

    /** Ended. */
    BatchUndo ended(State how) {
        return with(how, null, reached, sums);
    }

    private BatchUndo with(State next, @Nullable String words, int line, UndoPlan.Sums all) {
        return new BatchUndo(batchId, tenantId, mode, next, words, line, all, actor, createdAt);
    }
}
