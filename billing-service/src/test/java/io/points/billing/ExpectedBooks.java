package io.points.billing;

import io.points.platform.money.Currency;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must come of a tenant's months, reckoned in another way than the service does it: points by counting, money from
 * what is left of each purchase. What a month bills is the difference of what all purchases are worth at its end and at its
 * beginning.
 */
final class ExpectedBooks {

    private final int exponent;
    private final Map<Period, Map<Flow, Long>> flows = new TreeMap<>();
    private final Map<Period, BigInteger> billed = new TreeMap<>();
    private final TreeMap<Period, BigInteger> worth = new TreeMap<>();
    private final Deque<Purchase> purchases = new ArrayDeque<>();

    private record Purchase(long left, BigDecimal price) {}

    ExpectedBooks(String currency) {
        exponent = Currency.of(currency).digits();
    }

    void moved(Instant time, Flow flow, long points) {
        flows.computeIfAbsent(Period.of(time), period -> new EnumMap<>(Flow.class))
                .merge(flow, points, Long::sum);
    }

    void bought(Instant time, long points, String price) {
        var before = worth();
        purchases.push(new Purchase(points, new BigDecimal(price)));
        bill(time, before);
    }

    void clawedBack(Instant time, long points) {
        var before = worth();
        for (long left = points; left > 0; ) {
            var newest = purchases.pop();
            long taken = Math.min(left, newest.left());
            if (taken < newest.left()) {
                purchases.push(new Purchase(newest.left() - taken, newest.price()));
            }
            left -= taken;
        }
        bill(time, before);
    }

    private void bill(Instant time, BigInteger before) {
        worth.put(Period.of(time), worth());
        billed.merge(Period.of(time), worth().subtract(before), BigInteger::add);
    }

    private BigInteger worth() {
        return purchases.stream()
                .map(it -> it.price()
                        .multiply(BigDecimal.valueOf(it.left()))
                        .movePointRight(exponent)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toBigIntegerExact())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Signed, in the currency's minor unit. */
    BigInteger billed(Period period) {
        return billed.getOrDefault(period, BigInteger.ZERO);
    }

    /** What is left of all purchases when the month begins, in the currency's minor unit. */
    BigInteger worthBefore(Period period) {
        var before = worth.lowerEntry(period);
        return before == null ? BigInteger.ZERO : before.getValue();
    }

    long points(Period period, Flow flow) {
        return flows.getOrDefault(period, Map.of()).getOrDefault(flow, 0L);
    }

    /** Points in the pool when the month begins. */
    long poolBefore(Period period) {
        return before(period, Flow::pool);
    }

    long inFlightBefore(Period period) {
        return before(period, flow -> flow.at(Place.IN_FLIGHT));
    }

    long budgetsBefore(Period period) {
        return before(period, flow -> flow.at(Place.BUDGETS));
    }

    long earnedBefore(Period period) {
        return before(period, flow -> flow.at(Place.EARNED));
    }

    long reservedBefore(Period period) {
        return before(period, flow -> flow.at(Place.RESERVED));
    }

    long expiredBefore(Period period) {
        return before(period, flow -> flow.at(Place.EXPIRED));
    }

    private long before(Period period, java.util.function.ToIntFunction<Flow> effect) {
        return flows.entrySet().stream()
                .filter(it -> it.getKey().isBefore(period))
                .flatMap(it -> it.getValue().entrySet().stream())
                .mapToLong(it -> effect.applyAsInt(it.getKey()) * it.getValue())
                .sum();
    }
}
