package io.points.contract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Points of one balance that can be used until the same day.
 *
 * @param expiresOn the last day on which they can be used, in the tenant's time zone
 * @param points at least 1
 * @param purchaseExpiresOn of points of a budget: the last day that they had in the pool; null if they had none
 */
public record DatedPoints(
        LocalDate expiresOn,
        @Within(min = 1, max = Within.MOST) long points,
        @Nullable LocalDate purchaseExpiresOn) {

    /** So many days a balance tells apart at most. */
    static final long MOST_LOTS = 400;
}
