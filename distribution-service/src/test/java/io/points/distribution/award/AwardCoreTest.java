package io.points.distribution.award;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class AwardCoreTest {

    @Test
    void whereAnAwardIsProvedIsSaidInPlainJava() {
        new ArchitectureRules("io.points.distribution").plainJava(Proof.class);
    }
}
