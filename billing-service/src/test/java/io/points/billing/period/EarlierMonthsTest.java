package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.billing.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EarlierMonthsTest {

    private static final Period MARCH = Period.parse("2026-03");

    @Test
    void theyBeginWithTheTenantOrAfterTheNewestClosedMonth() {
        assertEquals(List.of(), open(null, null));
        assertEquals(List.of(), open("2026-03", null));
        assertEquals(List.of("2026-02"), open("2026-02", null));
        assertEquals(List.of("2025-12", "2026-01", "2026-02"), open("2025-12", null));
        assertEquals(List.of("2026-02"), open("2025-12", "2026-01"));
        assertEquals(List.of(), open("2025-12", "2026-02"));
        assertEquals(List.of(), open("2025-12", "2026-05"));
        assertEquals(List.of(), open("2026-04", null), "the tenant came later");
        assertEquals(List.of("2026-02"), open("2026-02", "2025-12"), "older versions closed months before the tenant");
    }

    @Test
    void noMoreAreNamedThanCanBeClosedTogetherAndOneMore() {
        var open = EarlierMonths.open(Period.parse("9999-12"), MARCH, null);

        assertEquals(EarlierMonths.MOST + 1, open.size());
        assertEquals(MARCH, open.get(0));
        assertEquals(Period.parse("2036-03"), open.get(EarlierMonths.MOST));
    }

    @Test
    void whatStandsInTheWayIsSaid() {
        var most = MARCH.until(Period.parse("2036-03"), EarlierMonths.MOST + 1);
        var tooMany = MARCH.until(Period.parse("2036-04"), EarlierMonths.MOST + 1);

        assertEquals(120, most.size());
        assertNull(new EarlierMonths(List.of(), null).obstacle());
        assertNull(new EarlierMonths(most, null).obstacle());
        assertEquals(
                "More than 120 earlier months without movements are open, and no more are closed together: close 2036-03 first.",
                new EarlierMonths(tooMany, null).obstacle());
        assertEquals(
                "Its opening balances are final only when all earlier months are closed: close 2026-03 first.",
                new EarlierMonths(tooMany, MARCH).obstacle());
    }

    private static List<String> open(@Nullable String since, @Nullable String closedThrough) {
        return EarlierMonths.open(MARCH, period(since), period(closedThrough)).stream()
                .map(Period::toString)
                .toList();
    }

    private static @Nullable Period period(@Nullable String text) {
        return text == null ? null : Period.parse(text);
    }
}
