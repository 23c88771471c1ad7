package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.PeriodService.Wish;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Closes a month of all tenants that existed in it.
 *
 * @param wish who wants it, and why: each closing is theirs
 * @param softClose whether open months are soft-closed first
 */
record ClosingJob(UUID id, Period period, Wish wish, boolean softClose, Instant createdAt) {

    /** What came of a tenant. */
    enum Outcome {
        CLOSED,
        ALREADY_CLOSED,
        REFUSED,
        /** Its transaction failed again and again. */
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
