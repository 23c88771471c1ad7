package io.points.allocation.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final long MOST = (1L << 53) - 1;

    @ParameterizedTest
    @CsvSource({"99, true", "100, false", "101, false"})
    void aPoolIsLowBelowATenthOfTheMonthlyAverage(long balance, boolean low) {
        assertEquals(low, AlertRules.poolIsLow(balance, AlertRules.lowAt(1_000, 10)));
    }

    @ParameterizedTest
    @CsvSource({"1000, 100", "1001, 101", "1009, 101", "1010, 101", "9, 1", "0, 0"})
    void aShareOfAPointCountsAsAWholeOne(long average, long lowAt) {
        assertEquals(lowAt, AlertRules.lowAt(average, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "119, 100, false",
        "120, 100, true",
        "121, 101, false",
        "122, 101, true",
        "1, 1, false",
        "2, 1, true",
        "0, 0, true"
    })
    void itIsHighAgainWithAFifthMore(long balance, long lowAt, boolean high) {
        assertEquals(high, AlertRules.poolIsHighAgain(balance, lowAt));
    }

    @Test
    void aTenantThatDistributesNothingHasNoLowPool() {
        assertFalse(AlertRules.poolIsLow(0, AlertRules.lowAt(0, 10)));
    }

    @Test
    void theLargestPoolIsComparedWithoutOverflow() {
        assertFalse(AlertRules.poolIsLow(MOST, AlertRules.lowAt(MOST, 100)));
        assertTrue(AlertRules.poolIsLow(MOST - 1, AlertRules.lowAt(MOST, 100)));
        assertFalse(AlertRules.poolIsHighAgain(MOST, MOST));
        assertEquals(MOST, AlertRules.monthlyAverage(MOST, 30));
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "29, 30", "30, 31", "89, 90", "90, 90", "4000, 90"})
    void theAverageIsTakenOverTheTenantsTimeButAMonthAtLeast(long age, int days) {
        assertEquals(days, AlertRules.days(NOW.minus(Duration.ofDays(age)), NOW, 90));
    }

    @ParameterizedTest
    @CsvSource({"900, 90, 300", "899, 90, 299", "900, 30, 900", "0, 30, 0", "-5, 30, 0"})
    void theAverageIsThatOfThirtyDays(long distributed, int days, long average) {
        assertEquals(average, AlertRules.monthlyAverage(distributed, days));
    }

    @ParameterizedTest
    @CsvSource({"4999, false", "5000, false", "5001, true"})
    void aBudgetIsExceededAboveIt(long allocated, boolean exceeded) {
        assertEquals(exceeded, AlertRules.exceedsBudget(allocated, 5_000L));
    }

    @Test
    void noBudgetIsNeverExceeded() {
        assertFalse(AlertRules.exceedsBudget(MOST, null));
    }

    @Test
    void anotherMonthOrBudgetIsAnotherCause() {
        assertEquals("2026-11/5000", AlertRules.budgetCause(YearMonth.of(2026, 11), 5_000L));
    }

    @ParameterizedTest
    @CsvSource({"499, 1000, false", "500, 1000, false", "501, 1000, true", "1, 1, true", "5, 11, false", "6, 11, true"})
    void aClawbackIsLargeAboveHalfOfTheBalance(long amount, long before, boolean large) {
        assertEquals(large, AlertRules.isLargeClawback(amount, before, 50));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/platform/tenants, 401, true",
        "GET, /api/platform/tenants, 403, true",
        "GET, /api/platform/tenants, 400, false",
        "GET, /api/platform/tenants, 200, false",
        "GET, /api/allocations/alerts, 403, false",
        "GET, /api/platformer, 401, false",
        "POST, /api/platform/allocations/allocate, 399, false",
        "POST, /api/platform/allocations/allocate, 400, true",
        "POST, /api/platform/allocations/allocate, 422, true",
        "POST, /api/platform/allocations/allocate, 499, true",
        "POST, /api/platform/allocations/allocate, 500, false",
        "POST, /api/platform/allocations/clawback, 409, true",
        "GET, /api/platform/allocations/clawback, 405, false",
        "POST, /api/platform/tenants, 409, false"
    })
    void refusedAreAdminCallsWithoutRightsAndMovementsThatFail(String method, String path, int status, boolean is) {
        assertEquals(is, AlertRules.isRefusal(method, path, status));
    }
}
