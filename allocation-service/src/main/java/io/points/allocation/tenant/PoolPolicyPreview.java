package io.points.allocation.tenant;

import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What settings would do to allocated points, and what would have happened with them. Nothing was changed.
 *
 * @param poolExpires with what is usual where nothing is said
 * @param allocationOfToday until when points could be used that are allocated today; null: for ever
 * @param from the first of the last 90 days
 * @param allocations how many allocations would have lapsed in these days
 * @param points of them: what has been used meanwhile would not have lapsed
 * @param days when they would have lapsed
 * @param complete whether all allocations were looked at, or only the newest
 */
@Schema(name = "TenantSettingsCheck")
record PoolPolicyPreview(
        @Nullable ExpiryTerms poolExpires,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate allocationOfToday,

        @Schema(implementation = String.class, format = "date")
        LocalDate from,

        int allocations,
        @AlsoText long points,
        List<Day> days,
        boolean complete) {

    /** One on which points would have lapsed. */
    @Schema(name = "TenantSettingsCheckDay")
    record Day(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            int allocations,
            @AlsoText long points) {
        private static Day of(Credited lapsed) {
            return new Day(lapsed.day(), lapsed.credits(), lapsed.points());
        }
    }

    /**
     * @param allocated in the days of which something would have lapsed
     * @param complete whether these are all
     */
    static PoolPolicyPreview of(
            @Nullable ExpiryTerms expires, LocalDate today, List<Credited> allocated, boolean complete) {
        var from = Lookback.from(today);
        if (expires == null) {
            return new PoolPolicyPreview(null, null, from, 0, 0, List.of(), complete);
        }
        var expiry = expires.expiry();
        var days =
                Lookback.lapsed(expiry, today, allocated).stream().map(Day::of).toList();
        return new PoolPolicyPreview(
                expires,
                expiry.lastDay(today),
                from,
                days.stream().mapToInt(Day::allocations).sum(),
                days.stream().mapToLong(Day::points).sum(),
                days,
                complete);
    }
}
