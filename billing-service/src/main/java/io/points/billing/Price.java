package io.points.billing;

import io.points.platform.money.Currency;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * What one point costs.
 *
 * <p>An amount is {@code points × price × 10^digits} in the currency's minor unit, where {@code digits} is the exponent
 * that ISO 4217 gives the currency (JPY 0, INR 2, KWD 3). It is computed exactly and rounded once, at the end, half to
 * even (banker's rounding), so a clawback at the same price is the allocation's exact negative.
 *
 * @param perPoint in the currency's major unit, at least 0
 */
public record Price(BigDecimal perPoint, Currency currency) {

    /** As texts allow neither signs nor exponents, no price is negative or takes gigabytes to write out. */
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");

    /**
     * @param perPoint decimal text such as {@code 1.00}, up to 12 digits on either side
     * @param currency ISO 4217 code
     * @throws IllegalArgumentException if either is something else
     */
    public static Price of(String perPoint, String currency) {
        if (!DECIMAL.matcher(perPoint).matches()) {
            throw new IllegalArgumentException("not a price per point: " + perPoint);
        }
        return new Price(new BigDecimal(perPoint), currency(currency));
    }

    /**
     * A currency that may have been withdrawn since: what was agreed in it is billed in it.
     *
     * @throws IllegalArgumentException if ISO 4217 never had the code, or it has no minor unit
     */
    public static Currency currency(String code) {
        return Currency.of(code);
    }

    /** Nothing, in the same currency. */
    public Price free() {
        return new Price(BigDecimal.ZERO, currency);
    }

    /**
     * What so many points cost.
     *
     * @param points signed
     * @return signed, in the currency's minor unit
     */
    public BigInteger amountMinor(long points) {
        return perPoint.multiply(BigDecimal.valueOf(points))
                .movePointRight(digits(currency))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
    }

    /** An amount in minor units, in the major unit: 12345 of INR is 123.45. */
    public static BigDecimal major(BigInteger amountMinor, Currency currency) {
        return new BigDecimal(amountMinor, digits(currency));
    }

    /** The currency's exponent, 0 … 4. */
    public static int digits(Currency currency) {
        return currency.digits();
    }
}
