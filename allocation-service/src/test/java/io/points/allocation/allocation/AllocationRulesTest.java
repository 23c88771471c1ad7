package io.points.allocation.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.alert.BudgetStanding;
import io.points.allocation.allocation.AllocationRules.Allowed;
import io.points.allocation.allocation.AllocationRules.CapExceeded;
import io.points.allocation.allocation.AllocationRules.Decision;
import io.points.allocation.allocation.AllocationRules.TakesTwo;
import io.points.allocation.tenant.OnExceed;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class AllocationRulesTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 11);

    @Test
    void withoutBudgetAndThresholdAnybodyAllocatesAnything() {
        assertEquals(new Allowed(), AllocationRules.decide(1_000_000_000_000L, null, null, MONTH));
    }

    @Test
    void aBudgetThatAlertsBindsNobody() {
        assertEquals(new Allowed(), beyond(101, OnExceed.ALERT, null));
    }

    @Test
    void aBudgetThatRefusesSaysWhatIsLeft() {
        assertEquals(new Allowed(), decide(40, 60, OnExceed.REFUSE, null));
        assertEquals(new CapExceeded(40, MONTH), decide(41, 60, OnExceed.REFUSE, null));
        assertEquals(new CapExceeded(0, MONTH), decide(1, 100, OnExceed.REFUSE, null));
        assertEquals(new CapExceeded(0, MONTH), decide(1, 500, OnExceed.REFUSE, null), "lowered since");
    }

    @Test
    void aBudgetThatWantsASecondAdminTakesTwo() {
        assertEquals(new Allowed(), decide(40, 60, OnExceed.APPROVE, null));
        assertEquals(new TakesTwo(), decide(41, 60, OnExceed.APPROVE, null));
    }

    @Test
    void moreThanTheThresholdTakesTwo() {
        assertEquals(new Allowed(), AllocationRules.decide(50, null, 50L, MONTH));
        assertEquals(new TakesTwo(), AllocationRules.decide(51, null, 50L, MONTH));
        assertEquals(new TakesTwo(), AllocationRules.decide(1, null, 0L, MONTH));
        assertEquals(new TakesTwo(), decide(51, 0, OnExceed.REFUSE, 50L));
        assertEquals(new TakesTwo(), beyond(101, OnExceed.ALERT, 50L));
        assertEquals(new CapExceeded(100, MONTH), beyond(101, OnExceed.REFUSE, 50L), "refused is refused");
    }

    private static Decision beyond(long amount, OnExceed onExceed, Long approveAbove) {
        return decide(amount, 0, onExceed, approveAbove);
    }

    /** Of a budget of a hundred. */
    private static Decision decide(long amount, long allocatedBefore, OnExceed onExceed, Long approveAbove) {
        long with = allocatedBefore + amount;
        return AllocationRules.decide(amount, new BudgetStanding(100, with, with > 100, onExceed), approveAbove, MONTH);
    }
}
