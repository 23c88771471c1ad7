package io.points.audit;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules rules = new ArchitectureRules("io.points.audit");

    @Test
    void theServiceKeepsTheRulesOfAll() {
        rules.checkAll();
    }
}
