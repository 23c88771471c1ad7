package io.points.billing.period;

import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's month stands: all that a decision about its closing depends on.
 *
 * @param tenantName null until it was told
 * @param softClosedBy who has soft-closed it; null unless it is soft-closed
 * @param totals what was billed in it, by currency
 * @param countedPoints points that were allocated in it, less those that were clawed back, as the events say
 */
record Standing(
        UUID tenantId,
        @Nullable String tenantName,
        State state,
        @Nullable UUID softClosedBy,
        Surroundings around,
        PeriodCompleteness heard,
        EarlierMonths earlier,
        List<Total> totals,
        long countedPoints) {

    /**
     * What was billed in a currency.
     *
     * @param amountMinor signed, in the currency's minor unit
     * @param points signed
     */
    record Total(String currency, BigInteger amountMinor, long points) {}

    /** What the month is called. */
    String word() {
        return PeriodRules.word(state, around);
    }

    /** What stands in the way of closing it, the first thing to remove first. */
    List<Refused> obstacles() {
        return ClosingRules.obstacles(state, around, heard, earlier);
    }

    /**
     * Why it cannot be closed now; null if it can, or is closed.
     *
     * @param softClose whether it is soft-closed first, if it is open
     */
    @Nullable
    Refused refusal(boolean softClose) {
        return obstacles().stream()
                .filter(it -> !softClose || it.refusal() != Refusal.PERIOD_NOT_SOFT_CLOSED)
                .findFirst()
                .orElse(null);
    }

    /** Points for which there are billing entries. */
    long billedPoints() {
        return totals.stream().mapToLong(Total::points).sum();
    }
}
