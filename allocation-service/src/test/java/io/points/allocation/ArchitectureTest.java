package io.points.allocation;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules rules = new ArchitectureRules("io.points.allocation");

    @Test
    void theServiceKeepsTheRulesOfAll() {
        rules.checkAll();
    }

    @Test
    void featuresStandInNoCircle() {
        rules.noCircles();
    }
}
