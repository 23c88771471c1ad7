package io.points.distribution;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules rules = new ArchitectureRules("io.points.distribution");

    @Test
    void theServiceKeepsTheRulesOfAll() {
        rules.checkAll();
    }

    @Test
    void featuresStandInNoCircle() {
        rules.noCircles();
    }
}
