package io.points.allocation.schedule;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When the points lapse that a schedule allocates, whatever the tenant's settings say: one of both is true, the other absent.
 *
 * @param endOfPeriod with the period for which they were allocated: who does not use them loses them
 * @param never they stay for ever
 */
@Schema(name = "ScheduleExpiry")
record ScheduleExpiry(
        @Nullable Boolean endOfPeriod, @Nullable Boolean never) {

    private static final String END_OF_PERIOD = "end_of_period";
    private static final String NEVER = "never";

    /** As its column has it. */
    static @Nullable ScheduleExpiry of(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return word.equals(NEVER) ? new ScheduleExpiry(null, true) : new ScheduleExpiry(true, null);
    }

    String word() {
        return never == null ? END_OF_PERIOD : NEVER;
    }

    boolean saysOneThing() {
        return never == null ? Boolean.TRUE.equals(endOfPeriod) : never && endOfPeriod == null;
    }

    /**
     * The last day on which they can be used; null if they stay for ever. What is made up for after its period can be used on the day
     * itself.
     *
     * @param today in the tenant's time zone
     */
    @Nullable
    LocalDate lastDay(Period period, LocalDate today) {
        if (never != null) {
            return null;
        }
        var last = period.next().first().minusDays(1);
        return last.isBefore(today) ? today : last;
    }
}
