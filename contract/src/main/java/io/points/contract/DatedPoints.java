package io.points.contract;

import java.time.LocalDate;
import java.util.List;
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

    /** @throws IllegalArgumentException if these are more than there are, or one of them is none */
    static void requireWithin(@Nullable List<DatedPoints> lots, long amount) {
        if (lots == null) {
            return;
        }
        long left = amount;
        for (var lot : lots) {
            if (lot.points() < 1 || lot.points() > left) {
                throw new IllegalArgumentException("lots must each have a point, and no more than amount together");
            }
            left -= lot.points();
        }
    }
}
