package io.points.testing;

import org.junit.jupiter.api.Test;

class PlainRulesTest {

    @Test
    void adjustmentsAreDecidedInPlainJava() {
        new ArchitectureRules("io.points.adjustment").plainJava(io.points.adjustment.AdjustmentRules.class);
    }

    @Test
    void whatIsAttestedIsDecidedInPlainJava() throws ClassNotFoundException {
        new ArchitectureRules("io.points.attestation").plainJava(Class.forName("io.points.attestation.Holding"));
    }
}
