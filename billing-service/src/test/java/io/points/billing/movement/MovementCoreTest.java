package io.points.billing.movement;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class MovementCoreTest {

    @Test
    void whatMovedIsReadInPlainJava() {
        new ArchitectureRules("io.points.billing").plainJava(Movement.class);
    }
}
