package io.points.allocation.pool;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class PoolCoreTest {

    @Test
    void poolsDecideInPlainJava() {
        new ArchitectureRules("io.points.allocation")
                .plainJava(Pool.class, PoolDebit.class, PoolEntry.class, PoolRules.class, PlatformRules.class);
    }
}
