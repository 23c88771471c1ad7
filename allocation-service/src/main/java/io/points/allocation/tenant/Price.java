package io.points.allocation.tenant;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The price of one point: an exact decimal, written with at least two digits behind the point and no padding. */
public final class Price {

    private static final int SHORTEST_SCALE = 2;

    /** 2^53 - 1 minor units: what every JSON reader of a billing entry can hold. */
    private static final BigDecimal MOST_BILLED = BigDecimal.valueOf((1L << 53) - 1);

    private Price() {}

    /**
     * True if finance can bill that many points in one entry.
     *
     * @param price of one point, in the currency's major unit
     * @param currency ISO 4217 code
     */
    public static boolean canBill(BigDecimal price, String currency, long points) {
        var minor = price.multiply(BigDecimal.valueOf(points)).movePointRight(digits(currency));
        return minor.compareTo(MOST_BILLED) <= 0;
    }

    /**
     * What so many points are billed at, in the currency's major unit: computed exactly and rounded once, half to even, as
     * billing-service does.
     *
     * @param price of one point, in the currency's major unit
     * @param currency ISO 4217 code
     */
    public static String billed(BigDecimal price, String currency, long points) {
        return price.multiply(BigDecimal.valueOf(points))
                .setScale(digits(currency), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** How many digits the currency's minor unit has: 0 … 4. */
    static int digits(String currency) {
        return io.points.platform.money.Currency.of(currency).digits();
    }

    public static String text(BigDecimal price) {
        var plain = price.stripTrailingZeros();
        return (plain.scale() < SHORTEST_SCALE ? plain.setScale(SHORTEST_SCALE) : plain).toPlainString();
    }
}
