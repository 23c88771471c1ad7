package io.points.allocation.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule does, and when.
 *
 * @param amount points, 1 … 10^12: what is added, or what the pool is filled up to
 * @param currency ISO 4217 code; a run is refused if the tenant's contract is in another one by then
 * @param referenceNote of each allocation, with {@value #PERIOD} for the period's label
 * @param expires until when what it allocates can be used; null: as the tenant's settings say
 */
record ScheduleTerms(
        String name,
        Mode mode,
        long amount,
        String currency,
        String referenceNote,
        Every every,
        @Nullable String day,
        LocalTime at,
        LocalDate startsOn,
        @Nullable LocalDate endsOn,
        CatchUp catchUp,
        @Nullable ScheduleExpiry expires) {

    static final String PERIOD = "{period}";

    /** @param since when the schedule was made */
    Rhythm rhythm(Instant since) {
        return new Rhythm(every, day, at, startsOn, endsOn, since);
    }

    String noteOf(Period period) {
        return referenceNote.replace(PERIOD, period.label());
    }
}
