package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConservationTest {

    @Test
    void aTenantWithoutMovementsIsBalanced() {
        assertTrue(balanced(0, 0, 0, 0, 0, 0, null));
    }

    @Test
    void pointsInPoolTransitAndWalletsAddUpToWhatThePlatformGave() {
        assertTrue(balanced(100, 10, 40, 5, 15, 30, 40L));
    }

    @Test
    void aLostPointIsSeen() {
        assertFalse(balanced(100, 10, 40, 5, 15, 29, 40L));
    }

    @Test
    void aPointTooManyIsSeen() {
        assertFalse(balanced(100, 10, 40, 5, 15, 31, 40L));
    }

    @Test
    void aPoolThatStatesAnotherBalanceIsSeen() {
        assertFalse(balanced(100, 0, 100, 0, 0, 0, 99L));
    }

    @Test
    void aPoolThatHasNeverMovedHoldsNothing() {
        assertFalse(balanced(1, 0, 1, 0, 0, 0, null));
    }

    private static boolean balanced(
            long allocated,
            long clawedBack,
            long pool,
            long inFlight,
            long budgets,
            long earned,
            @Nullable Long newestBalance) {
        return Conservation.of(UUID.randomUUID(), allocated, clawedBack, pool, inFlight, budgets, earned, newestBalance)
                .balanced();
    }
}
