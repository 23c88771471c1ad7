package io.points.allocation.schedule;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ScheduleCoreTest {

    @Test
    void whatRunsWhenIsPlainJava() {
        new ArchitectureRules("io.points.allocation")
                .plainJava(Every.class, Period.class, Rhythm.class, ScheduleRules.class, CatchUp.class, Mode.class);
    }
}
