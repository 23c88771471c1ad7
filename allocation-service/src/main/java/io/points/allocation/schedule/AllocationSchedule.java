package io.points.allocation.schedule;

import io.points.allocation.schedule.ScheduleRules.Due;
import io.points.contract.ScheduleState;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as its row has it.
 *
 * @param revision counts its changes from 1
 * @param nextPeriod which runs next, or would if it were not paused; the last one that it was about to run once it has ended
 * @param nextDueAt when that falls due; null unless it is active
 * @param runs how many runs are recorded
 * @param createdBy who made it
 */
record AllocationSchedule(
        UUID id,
        UUID tenantId,
        long revision,
        ScheduleTerms terms,
        ScheduleState state,
        Period nextPeriod,
        @Nullable Instant nextDueAt,
        long runs,
        UUID createdBy,
        Instant createdAt) {

    static AllocationSchedule of(Row row) {
        var every = Every.of(row.getString("every"));
        OffsetDateTime due = row.getOffsetDateTime("next_due_at");
        return new AllocationSchedule(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getLong("revision"),
                new ScheduleTerms(
                        row.getString("name"),
                        Mode.of(row.getString("mode")),
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getString("reference_note"),
                        every,
                        row.getString("day"),
                        row.getLocalTime("at"),
                        row.getLocalDate("starts_on"),
                        row.getLocalDate("ends_on"),
                        CatchUp.of(row.getString("catch_up")),
                        ScheduleExpiry.of(
                                row.getString("expires"),
                                row.getString("expires_after"),
                                row.getString("expires_round"))),
                ScheduleState.of(row.getString("state")),
                Period.labelled(row.getString("next_period")).orElseThrow(),
                due == null ? null : due.toInstant(),
                row.getLong("runs"),
                row.getUUID("created_by"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    Rhythm rhythm() {
        return terms.rhythm(createdAt);
    }

    /** With other terms or in another state, of the next revision. */
    AllocationSchedule changed(ScheduleTerms other, ScheduleState to, Optional<Due> next) {
        return new AllocationSchedule(
                id,
                tenantId,
                revision + 1,
                other,
                to,
                next.map(Due::period).orElse(nextPeriod),
                to == ScheduleState.ACTIVE ? next.orElseThrow().at() : null,
                runs,
                createdBy,
                createdAt);
    }

    /** Waiting for another moment. */
    AllocationSchedule waiting(Due next) {
        return new AllocationSchedule(
                id, tenantId, revision, terms, state, next.period(), next.at(), runs, createdBy, createdAt);
    }

    /** With some more runs on record. */
    AllocationSchedule recorded(int more) {
        return new AllocationSchedule(
                id, tenantId, revision, terms, state, nextPeriod, nextDueAt, runs + more, createdBy, createdAt);
    }
}
