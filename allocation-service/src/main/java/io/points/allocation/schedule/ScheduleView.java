package io.points.allocation.schedule;

import io.points.contract.ScheduleState;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schedule over HTTP; its fields as those of {@link ScheduleTerms} and {@link AllocationSchedule}.
 *
 * @param nextPeriod null unless it is active
 */
@Schema(name = "Schedule")
record ScheduleView(
        UUID scheduleId,
        UUID tenantId,
        long revision,
        ScheduleState state,
        MakeSchedule.Work what,
        String name,
        Mode mode,
        long amount,
        String currency,
        String referenceNote,
        Every every,
        @Nullable String day,
        String at,
        @Schema(format = "date") String startsOn,
        @Schema(format = "date") @Nullable String endsOn,
        CatchUp catchUp,
        @Nullable ScheduleExpiry expires,
        @Nullable String nextPeriod,
        @Nullable Instant nextDueAt,
        Instant createdAt,
        UUID createdBy) {

    static ScheduleView of(AllocationSchedule schedule) {
        var terms = schedule.terms();
        return new ScheduleView(
                schedule.id(),
                schedule.tenantId(),
                schedule.revision(),
                schedule.state(),
                MakeSchedule.Work.ALLOCATE,
                terms.name(),
                terms.mode(),
                terms.amount(),
                terms.currency(),
                terms.referenceNote(),
                terms.every(),
                terms.day(),
                terms.at().toString(),
                terms.startsOn().toString(),
                terms.endsOn() == null ? null : terms.endsOn().toString(),
                terms.catchUp(),
                terms.expires(),
                schedule.nextDueAt() == null ? null : schedule.nextPeriod().label(),
                schedule.nextDueAt(),
                schedule.createdAt(),
                schedule.createdBy());
    }
}
