package io.points.billing.period;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class PeriodCoreTest {

    @Test
    void monthsAreClosedInPlainJava() {
        new ArchitectureRules("io.points.billing")
                .plainJava(
                        PeriodRules.class,
                        ClosingRules.class,
                        PeriodHistory.class,
                        Surroundings.class,
                        EarlierMonths.class,
                        PeriodCompleteness.class,
                        Standing.class,
                        Told.class);
    }
}
