package io.points.billing.statement;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class StatementCoreTest {

    @Test
    void figuresAreReckonedInPlainJava() {
        new ArchitectureRules("io.points.billing")
                .plainJava(
                        Statement.class,
                        PointBalances.class,
                        Billed.class,
                        Journal.class,
                        NewBatch.class,
                        Focus.class,
                        Reconciliation.class,
                        Closing.class,
                        Prepayment.class,
                        Revision.class);
    }
}
