package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {

    private static final long LARGEST_MOVEMENT = 1_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        // no minor unit
        "JPY, 1, 50000, 50000",
        "JPY, 1.50, 3, 4", // 4.5 to even 4
        "JPY, 1.50, 1, 2", // 1.5 to even 2
        // two digits
        "INR, 1.00, 50000, 5000000",
        "INR, 0.99, 7, 693",
        // three digits
        "KWD, 0.003, 1000, 3000",
        "KWD, 1.2345, 1, 1234", // 1234.5 to even 1234
        "KWD, 1.2355, 1, 1236", // 1235.5 to even 1236
        // four digits
        "CLF, 0.00005, 3, 2", // 1.5 to even 2
        "UYW, 0.00005, 1, 0", // 0.5 to even 0
        // withdrawn since
        "HRK, 7.5, 2, 1500",
        // around the half
        "INR, 0.004, 1, 0",
        "INR, 0.005, 1, 0",
        "INR, 0.006, 1, 1",
        "INR, 0.015, 1, 2",
        "INR, 0.0050000001, 1, 1",
        // rounded once, over the whole amount
        "INR, 0.005, 1000, 500",
        "INR, 0, 1000, 0",
    })
    void aMovementCostsPointsTimesPriceInMinorUnitsRoundedHalfToEven(
            String currency, String perPoint, long points, BigInteger minor) {
        var price = Price.of(perPoint, currency);

        assertEquals(minor, price.amountMinor(points));
        assertEquals(minor.negate(), price.amountMinor(-points), "a clawback is the allocation's exact negative");
    }

    /** Against whole numbers alone: the remainder says on which side of the half it lies. */
    @ParameterizedTest
    @CsvSource({"JPY, 0", "INR, 2", "KWD, 3", "CLF, 4"})
    void anyMovementIsRoundedHalfToEvenByTheCurrencysDigits(String currency, int digits) {
        var random = new Random(digits);
        int halves = 0;
        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(13);
            // Prices of few digits meet the half often.
            long unscaled = random.nextLong(random.nextBoolean() ? 1_000 : 1_000_000_000_000L);
            long points = 1 + random.nextLong(random.nextBoolean() ? 1_000 : LARGEST_MOVEMENT);
            var price = Price.of(BigDecimal.valueOf(unscaled, scale).toPlainString(), currency);

            var parts = BigInteger.valueOf(unscaled)
                    .multiply(BigInteger.valueOf(points))
                    .multiply(BigInteger.TEN.pow(digits))
                    .divideAndRemainder(BigInteger.TEN.pow(scale));
            int side = parts[1].shiftLeft(1).compareTo(BigInteger.TEN.pow(scale));
            var up = side > 0 || side == 0 && parts[0].testBit(0);
            assertEquals(
                    up ? parts[0].add(BigInteger.ONE) : parts[0],
                    price.amountMinor(points),
                    () -> points + " points at " + price.perPoint().toPlainString() + " " + currency);
            halves += side == 0 ? 1 : 0;
        }
        assertTrue(halves > 20, "the half was met " + halves + " times");
    }

    @Test
    void theLargestMovementAtTheHighestPriceIsExact() {
        var price = Price.of("999999999999.999999999999", "CLF");

        assertEquals(new BigInteger("9999999999999999999999990000"), price.amountMinor(LARGEST_MOVEMENT));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 12345, 12345", "INR, 12345, 123.45", "INR, -5, -0.05", "KWD, 12345, 12.345", "UYW, 7, 0.0007"})
    void minorUnitsReadAsADecimalInTheMajorUnit(String currency, BigInteger minor, String major) {
        assertEquals(major, Price.major(minor, Price.currency(currency)).toPlainString());
    }

    @Test
    void aPriceKeepsTheDigitsItWasGiven() {
        assertEquals("1.00", Price.of("1.00", "INR").perPoint().toPlainString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-1", "+1", "1.", ".5", "1e3", "1E+999999999", "1,5", "NaN", "0x1", "١", "1234567890123"
            })
    void whatIsNoPlainDecimalIsNoPrice(String text) {
        assertThrows(IllegalArgumentException.class, () -> Price.of(text, "INR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ZZZ", "inr", "INRX", "IN", "XAU", "XTS"})
    void whatIso4217DoesNotKnowIsNoCurrency(String code) {
        assertThrows(IllegalArgumentException.class, () -> Price.of("1.00", code));
    }

    @Test
    void whatIsFreeCostsNothingInItsCurrency() {
        var free = Price.of("1.25", "KWD").free();
        assertEquals("KWD", free.currency().code());
        assertEquals(BigInteger.ZERO, free.amountMinor(LARGEST_MOVEMENT));
    }
}
