package io.points.distribution.policy;

import io.points.ledger.dates.Expiry;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do, and what would have happened with it. Nothing was changed.
 *
 * @param policy with what is usual where nothing is said
 * @param awardOfToday until when points can be used that are awarded today; null: for ever
 * @param from the first of the last 90 days
 * @param awards how many awards would have lapsed in these days
 * @param points of them: what has been used meanwhile would not have lapsed
 * @param days when they would have lapsed
 * @param complete whether all awards were looked at, or only the newest
 */
@Schema(name = "PolicyCheck")
record PolicyPreview(
        EarnedPolicy policy,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate awardOfToday,

        @Schema(implementation = String.class, format = "date")
        LocalDate from,

        int awards,
        @AlsoText long points,
        List<Day> days,
        boolean complete) {

    static final int DAYS = 90;

    /** One on which points would have lapsed. */
    @Schema(name = "PolicyCheckDay")
    record Day(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            int awards,
            @AlsoText long points) {
        private Day plus(Day more) {
            return new Day(expiresOn, awards + more.awards, Math.addExact(points, more.points));
        }
    }

    /** What was awarded on a day. */
    record Awarded(LocalDate day, int awards, long points) {}

    /** On which days it was awarded what would have lapsed in the last 90 days. */
    record Span(LocalDate first, LocalDate last) {}

    /** @return null if nothing would have lapsed */
    static @Nullable Span span(Expiry expiry, LocalDate today) {
        var from = today.minusDays(DAYS);
        LocalDate first = null;
        LocalDate last = null;
        // The day on which points lapse never comes earlier for what is awarded later.
        for (var day = today; !expiry.lastDay(day).isBefore(from); day = day.minusDays(1)) {
            if (expiry.lastDay(day).isBefore(today)) {
                last = last == null ? day : last;
                first = day;
            }
        }
        return first == null ? null : new Span(first, last);
    }

    /**
     * @param awarded in the span
     * @param complete whether these are all
     */
    static PolicyPreview of(EarnedPolicy policy, LocalDate today, List<Awarded> awarded, boolean complete) {
        var from = today.minusDays(DAYS);
        if (policy.expires() == null) {
            return new PolicyPreview(policy, null, from, 0, 0, List.of(), complete);
        }
        var expiry = policy.expires().expiry();
        var days = new TreeMap<LocalDate, Day>();
        for (var one : awarded) {
            var lastDay = expiry.lastDay(one.day());
            if (!lastDay.isBefore(from) && lastDay.isBefore(today)) {
                days.merge(lastDay, new Day(lastDay, one.awards(), one.points()), Day::plus);
            }
        }
        return new PolicyPreview(
                policy,
                expiry.lastDay(today),
                from,
                days.values().stream().mapToInt(Day::awards).sum(),
                days.values().stream().mapToLong(Day::points).sum(),
                List.copyOf(days.values()),
                complete);
    }
}
