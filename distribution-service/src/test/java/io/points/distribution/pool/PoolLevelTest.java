package io.points.distribution.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolLevelTest {

    private static final long MOST = (1L << 53) - 1;

    @ParameterizedTest
    @CsvSource({
        "0, 1000, NONE",
        "0, 0, NONE",
        "1, 1000, NEARLY_EMPTY",
        "99, 1000, NEARLY_EMPTY",
        "100, 1000, LOW",
        "249, 1000, LOW",
        "250, 1000, GOOD",
        "1000, 1000, GOOD",
        "1, 0, GOOD",
        "1, 3, GOOD",
        "1, 5, LOW",
        "1, 11, NEARLY_EMPTY"
    })
    void aQuarterIsGoodAndLessThanATenthIsNearlyNothing(long balance, long full, PoolLevel level) {
        assertEquals(level, PoolLevel.of(balance, full));
    }

    @Test
    void theLargestPoolThereCanBeOverflowsNothing() {
        assertEquals(PoolLevel.GOOD, PoolLevel.of(MOST, MOST));
        assertEquals(PoolLevel.NEARLY_EMPTY, PoolLevel.of(1, MOST));
        assertEquals(PoolLevel.GOOD, PoolLevel.of(MOST, 1));
    }

    @Test
    void theLevelIsDecidedInPlainJava() {
        new ArchitectureRules("io.points.distribution").plainJava(PoolLevel.class);
    }
}
