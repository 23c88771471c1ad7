package io.points.allocation.alert;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class AlertCoreTest {

    @Test
    void alertsAreDecidedInPlainJava() {
        new ArchitectureRules("io.points.allocation")
                .plainJava(AlertKind.class, AlertRules.class, AlertState.class, RefusedCalls.class);
    }
}
