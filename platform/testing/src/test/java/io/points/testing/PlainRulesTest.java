package io.points.testing;

import org.junit.jupiter.api.Test;

class PlainRulesTest {

    @Test
    void adjustmentsAreDecidedInPlainJava() {
        new ArchitectureRules("io.points.ledger.adjustment")
                .plainJava(io.points.ledger.adjustment.AdjustmentRules.class);
    }

    @Test
    void whatIsAttestedIsDecidedInPlainJava() throws ClassNotFoundException {
        new ArchitectureRules("io.points.ledger.attestation")
                .plainJava(Class.forName("io.points.ledger.attestation.Holding"));
    }
}
