package io.points.billing.entry;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class EntryCoreTest {

    @Test
    void whatIsBilledIsDecidedInPlainJava() {
        new ArchitectureRules("io.points.billing")
                .plainJava(
                        Billable.class,
                        Category.class,
                        Charge.class,
                        LateEntry.class,
                        LateEntryMove.class,
                        OpenPurchases.class);
    }
}
