package io.points.allocation.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.pool.PlatformRules.InsufficientBalance;
import io.points.allocation.pool.PlatformRules.LimitExceeded;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.PlatformRules.TenantEnds;
import io.points.allocation.tenant.TenantStatus;
import io.points.ledger.dates.Lots;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformRulesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final UUID EVENT = UUID.randomUUID();

    @Test
    void anAllocationRaisesThePool() {
        var moved = assertInstanceOf(Moved.class, PlatformRules.allocate(pool(0, 0), 500, null, ID, EVENT));
        assertEquals(500, moved.pool().balance());
        assertEquals(500, moved.pool().sum(PoolSum.ALLOCATED));
        assertEquals(
                new PoolEntry(TENANT, 1, PoolEntry.Kind.ALLOCATION, 500, 500, ID, EVENT, Lots.NONE), moved.entry());
    }

    @Test
    void aTenantNeverHoldsMoreThanTheMost() {
        assertInstanceOf(Moved.class, PlatformRules.allocate(pool(Pool.MOST - 1, 0), 1, null, ID, EVENT));
        assertEquals(new LimitExceeded(1), PlatformRules.allocate(pool(Pool.MOST - 1, 0), 2, null, ID, EVENT));
    }

    @ParameterizedTest
    @EnumSource(TenantStatus.class)
    void nothingIsAllocatedToATenantThatEnds(TenantStatus status) {
        var pool = new Pool(TENANT, status, 10, 1, Map.of(PoolSum.ALLOCATED, 10L), Lots.NONE);
        var decision = PlatformRules.allocate(pool, 1, null, ID, EVENT);
        switch (status) {
            case ACTIVE, SUSPENDED -> assertInstanceOf(Moved.class, decision);
            case CLOSING, CLOSED -> assertEquals(new TenantEnds(status), decision);
        }
        assertInstanceOf(Moved.class, PlatformRules.clawBack(pool, 10, ID, EVENT));
    }

    @Test
    void whatWasClawedBackMakesRoom() {
        assertInstanceOf(Moved.class, PlatformRules.allocate(pool(Pool.MOST, 5), 5, null, ID, EVENT));
        assertEquals(new LimitExceeded(5), PlatformRules.allocate(pool(Pool.MOST, 5), 6, null, ID, EVENT));
    }

    @Test
    void aClawbackLowersThePool() {
        var moved = assertInstanceOf(Moved.class, PlatformRules.clawBack(pool(500, 0), 500, ID, EVENT));
        assertEquals(0, moved.pool().balance());
        assertEquals(500, moved.pool().sum(PoolSum.CLAWED_BACK));
        assertEquals(new PoolEntry(TENANT, 1, PoolEntry.Kind.CLAWBACK, -500, 0, ID, EVENT, Lots.NONE), moved.entry());
    }

    @Test
    void aClawbackNeverTakesMoreThanIsThere() {
        assertEquals(new InsufficientBalance(500, 0), PlatformRules.clawBack(pool(500, 0), 501, ID, EVENT));
    }

    @Test
    void whatIsReservedIsOutOfThePoolUntilItIsReleased() {
        var held = PlatformRules.reserve(pool(500, 100), 300, ID, EVENT);
        assertEquals(100, held.pool().balance());
        assertEquals(300, held.pool().sum(PoolSum.RESERVED));
        assertEquals(new PoolEntry(TENANT, 1, PoolEntry.Kind.RESERVE, -300, 100, ID, EVENT, Lots.NONE), held.entry());
        var back = PlatformRules.release(held.pool(), 300, Lots.NONE, ID, EVENT);
        assertEquals(400, back.pool().balance());
        assertEquals(0, back.pool().sum(PoolSum.RESERVED));
        assertEquals(new PoolEntry(TENANT, 2, PoolEntry.Kind.RELEASE, 300, 400, ID, EVENT, Lots.NONE), back.entry());
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0, 50, false",
        "51, 0, 50, true",
        // 40 of 100, and 40 of the 60 that are left.
        "40, 0, 50, false",
        "10, 40, 50, false",
        "11, 40, 50, true",
        "1, 0, 0, true",
        "100, 0, 100, false",
        "60, 40, 100, false",
        "76, 0, 75, true",
        "75, 0, 75, false"
    })
    void moreThanTheShareTakesTwoPeopleAtOnceOrInParts(long amount, long before, int percent, boolean two) {
        assertEquals(two, PlatformRules.takesTwoPeople(pool(100, before), amount, before, percent));
    }

    @Test
    void whatWaitsForADecisionCountsAsClawedBack() {
        var waiting = PlatformRules.reserve(pool(100, 0), 30, ID, EVENT).pool();
        assertFalse(PlatformRules.takesTwoPeople(waiting, 20, 0, 50));
        assertTrue(PlatformRules.takesTwoPeople(waiting, 21, 0, 50));
        assertTrue(PlatformRules.takesTwoPeople(waiting, 20, 1, 50));
    }

    @Test
    void noSumIsTooLarge() {
        var pool = pool(Pool.MOST, 0);
        assertTrue(PlatformRules.takesTwoPeople(pool, 1_000_000_000_000L, 1L << 60, 50));
        assertFalse(PlatformRules.takesTwoPeople(pool, 1_000_000_000_000L, 1L << 60, 100));
    }

    private static Pool pool(long allocated, long clawedBack) {
        return new Pool(
                TENANT,
                TenantStatus.ACTIVE,
                allocated - clawedBack,
                0,
                Map.of(PoolSum.ALLOCATED, allocated, PoolSum.CLAWED_BACK, clawedBack),
                Lots.NONE);
    }
}
