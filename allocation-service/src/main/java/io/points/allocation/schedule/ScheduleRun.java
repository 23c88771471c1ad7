package io.points.allocation.schedule;

import io.points.contract.RunOutcome;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of a period of a schedule. Of each period, at most one attempt is done, is proposed, or found nothing to do.
 *
 * @param number counts the schedule's runs from 1
 * @param attempt counts the period's attempts from 1
 * @param reason why it was refused: the problem's type in upper case, such as CURRENCY_MISMATCH
 * @param proposalId what is proposed, if it takes a second platform admin; otherwise null
 * @param amount points that were allocated, or are proposed
 * @param createdBy who tried again; null if the schedule ran by itself
 */
@Schema(name = "ScheduleRun")
record ScheduleRun(
        UUID scheduleId,
        int number,
        String period,
        int attempt,
        RunOutcome outcome,
        @Nullable String reason,
        @Nullable UUID allocationId,
        @Nullable UUID proposalId,
        @Nullable Long amount,
        Instant dueAt,
        UUID eventId,
        @Nullable UUID createdBy,
        Instant createdAt) {

    static ScheduleRun of(Row row) {
        return new ScheduleRun(
                row.getUUID("schedule_id"),
                row.getLong("number").intValue(),
                row.getString("period"),
                row.getInteger("attempt"),
                RunOutcome.of(row.getString("outcome")),
                row.getString("reason"),
                row.getUUID("allocation_id"),
                row.getUUID("proposal_id"),
                row.getLong("amount"),
                row.getOffsetDateTime("due_at").toInstant(),
                row.getUUID("event_id"),
                row.getUUID("created_by"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /** The period needs no other attempt, and gets none. */
    boolean settlesIt() {
        return outcome == RunOutcome.DONE || outcome == RunOutcome.NOTHING_TO_DO || outcome == RunOutcome.PROPOSED;
    }
}
