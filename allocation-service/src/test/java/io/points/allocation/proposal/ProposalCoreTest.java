package io.points.allocation.proposal;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ProposalCoreTest {

    @Test
    void whoMayDecideIsPlainJava() {
        new ArchitectureRules("io.points.allocation").plainJava(ProposalRules.class);
    }
}
