package io.points.allocation.tenant;

import java.math.BigDecimal;

/** The price of one point: an exact decimal, written with at least two digits behind the point and no padding. */
public final class Price {

    private static final int SHORTEST_SCALE = 2;

    private Price() {}

    public static String text(BigDecimal price) {
        var plain = price.stripTrailingZeros();
        return (plain.scale() < SHORTEST_SCALE ? plain.setScale(SHORTEST_SCALE) : plain).toPlainString();
    }
}
