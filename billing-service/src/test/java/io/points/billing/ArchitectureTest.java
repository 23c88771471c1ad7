package io.points.billing;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules rules = new ArchitectureRules("io.points.billing");

    @Test
    void theServiceKeepsTheRulesOfAll() {
        rules.checkAll();
    }

    @Test
    void featuresStandInNoCircle() {
        rules.noCircles();
    }

    @Test
    void pricesAndMonthsAreReckonedInPlainJava() {
        rules.plainJava(Price.class, Period.class, Flow.class);
    }
}
