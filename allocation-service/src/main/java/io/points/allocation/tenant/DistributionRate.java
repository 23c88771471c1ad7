package io.points.allocation.tenant;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How fast a tenant distributes points: what left its pool in the last 30 UTC days, today included. */
public final class DistributionRate {

    /** Over how many days it is taken. */
    public static final int DAYS = 30;

    /** A runway is not counted beyond that many days, which are more than 270 years. */
    public static final int LONGEST_RUNWAY = 99_999;

    private static final int SCALE = 2;

    private DistributionRate() {}

    /**
     * Points per day, a decimal with two digits, rounded half to even.
     *
     * @param distributed points in {@link #DAYS} days, 0 or more
     */
    public static String perDay(long distributed) {
        return BigDecimal.valueOf(distributed)
                .divide(BigDecimal.valueOf(DAYS), SCALE, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
