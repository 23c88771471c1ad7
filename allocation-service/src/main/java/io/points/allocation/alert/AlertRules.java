package io.points.allocation.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When an alert is raised. Plain decisions. All amounts are points, at most 2^53 - 1. */
final class AlertRules {

    /** Days of a month, where what was distributed over other times is counted by the month. */
    static final int MONTH_DAYS = 30;

    private static final int ALL = 100;
    private static final int HIGH_AGAIN_PERCENT = 120;

    private static final Set<String> MOVES_POINTS =
            Set.of("/api/platform/allocations/allocate", "/api/platform/allocations/clawback");

    private AlertRules() {}

    /**
     * Over how many days a tenant's average is taken: all that it has been there for, but a month at least, so that the
     * first day of a new tenant does not count for thirty.
     *
     * @param most at least a month
     */
    static int days(Instant since, Instant now, int most) {
        long days = ChronoUnit.DAYS.between(since, now) + 1;
        return (int) Math.max(MONTH_DAYS, Math.min(most, days));
    }

    /**
     * What a tenant distributes in a month, in whole points.
     *
     * @param distributed debits less what was cancelled and refunded of them; negative if old debits were refunded
     * @param days over which that was
     */
    static long monthlyAverage(long distributed, int days) {
        return Math.max(0, distributed) * MONTH_DAYS / days;
    }

    /**
     * Below how many points a pool is low by what is distributed, rounded up.
     *
     * @param percent of the average
     */
    static long lowAt(long monthlyAverage, int percent) {
        return (monthlyAverage * percent + ALL - 1) / ALL;
    }

    static boolean poolIsLow(long balance, long lowAt) {
        return balance < lowAt;
    }

    /** Whether a pool that was low is so no more: it holds a fifth more than that, so that one that goes up and down is told of once. */
    static boolean poolIsHighAgain(long balance, long lowAt) {
        return balance * ALL >= lowAt * HIGH_AGAIN_PERCENT;
    }

    /**
     * @param allocatedInMonth with the allocation that is looked at
     * @param budget null for none
     */
    static boolean exceedsBudget(long allocatedInMonth, @Nullable Long budget) {
        return budget != null && allocatedInMonth > budget;
    }

    /** The cause of an exceeded budget: another month or another budget is another cause. */
    static String budgetCause(YearMonth month, @Nullable Long budget) {
        return month + "/" + budget;
    }

    /**
     * @param balanceBefore what the pool held before the clawback
     * @param percent of that, above which a clawback is large
     */
    static boolean isLargeClawback(long amount, long balanceBefore, int percent) {
        return amount * ALL > balanceBefore * percent;
    }

    /** Whether a call that was answered so was refused in a way that somebody might be trying. */
    static boolean isRefusal(String method, String path, int status) {
        if (!path.startsWith("/api/platform/")) {
            return false;
        }
        return status == 401
                || status == 403
                || (method.equals("POST") && MOVES_POINTS.contains(path) && status >= 400 && status < 500);
    }

    /** Whether two times lie no further apart than that. */
    static boolean within(Duration window, Instant earlier, Instant later) {
        return Duration.between(earlier, later).compareTo(window) <= 0;
    }
}
