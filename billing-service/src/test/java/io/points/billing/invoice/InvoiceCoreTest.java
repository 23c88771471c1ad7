package io.points.billing.invoice;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class InvoiceCoreTest {

    @Test
    void whatIsInvoicedIsDecidedInPlainJava() {
        new ArchitectureRules("io.points.billing").plainJava(BillingDocument.class, InvoicingRules.class);
    }
}
