package io.points.allocation.schedule;

import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Rounding;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When the points lapse that a schedule allocates, whatever the tenant's settings say: one of the first three is there, the others
 * are absent.
 *
 * @param endOfPeriod true: with the period for which they were allocated, so that who does not use them loses them
 * @param never true: they stay for ever
 * @param after some time after they were allocated: days, months or years
 * @param round of a time: months and years are rounded up to the end of the month if it is absent
 */
@Schema(name = "ScheduleExpiry")
record ScheduleExpiry(
        @Nullable Boolean endOfPeriod,
        @Nullable Boolean never,

        @Pattern(regexp = ExpiryTerms.AFTER, message = ExpiryTerms.NO_TIME) @Nullable
        String after,

        @Nullable Rounding round) {

    private static final String END_OF_PERIOD = "end_of_period";
    private static final String NEVER = "never";

    static final ScheduleExpiry WITH_ITS_PERIOD = new ScheduleExpiry(true, null, null, null);
    static final ScheduleExpiry FOR_EVER = new ScheduleExpiry(null, true, null, null);

    /** As its columns have it; the word counts, if a version that knew no times has written it. */
    static @Nullable ScheduleExpiry of(@Nullable String word, @Nullable String after, @Nullable String round) {
        if (word != null) {
            return word.equals(NEVER) ? FOR_EVER : WITH_ITS_PERIOD;
        }
        return after == null || round == null ? null : new ScheduleExpiry(null, null, after, Rounding.of(round));
    }

    /** Null if it is a time. */
    @Nullable
    String word() {
        if (after != null) {
            return null;
        }
        return never == null ? END_OF_PERIOD : NEVER;
    }

    boolean saysOneThing() {
        if (after != null) {
            return endOfPeriod == null && never == null;
        }
        return round == null && (never == null ? Boolean.TRUE.equals(endOfPeriod) : never && endOfPeriod == null);
    }

    /** With what is usual where nothing is said. */
    ScheduleExpiry complete() {
        return after == null
                ? this
                : new ScheduleExpiry(null, null, after, terms().complete().round());
    }

    private ExpiryTerms terms() {
        return new ExpiryTerms(after, round, null, null);
    }

    /**
     * The last day on which they can be used; null if they stay for ever. What is made up for after its period can be used on the day
     * itself; a time begins with the day of the allocation, also then.
     *
     * @param today in the tenant's time zone
     */
    @Nullable
    LocalDate lastDay(Period period, LocalDate today) {
        if (never != null) {
            return null;
        }
        if (after != null) {
            return terms().expiry().lastDay(today);
        }
        var last = period.next().first().minusDays(1);
        return last.isBefore(today) ? today : last;
    }
}
