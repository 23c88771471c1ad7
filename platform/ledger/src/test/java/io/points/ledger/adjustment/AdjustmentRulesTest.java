package io.points.ledger.adjustment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.ledger.adjustment.AdjustmentRules.Adjusted;
import io.points.ledger.adjustment.AdjustmentRules.OutOfRange;
import org.junit.jupiter.api.Test;

class AdjustmentRulesTest {

    @Test
    void theEntryComesAfterTheLastAndTheBalanceIsWhatTheLedgerAddsUpTo() {
        assertEquals(new Adjusted(8, 600), AdjustmentRules.adjust(100, 7, 500, 0));
        assertEquals(new Adjusted(8, 0), AdjustmentRules.adjust(100, 7, -100, 0));
        assertEquals(new Adjusted(1, 0), AdjustmentRules.adjust(0, 0, 0, 0));
    }

    @Test
    void aBalanceIsNeverBelowNothingOrBeyondWhatCanBeRead() {
        assertEquals(new OutOfRange(100, 0), AdjustmentRules.adjust(100, 7, -101, 0));
        assertEquals(new Adjusted(8, AdjustmentRules.MOST), AdjustmentRules.adjust(1, 7, AdjustmentRules.MOST - 1, 0));
        assertEquals(new OutOfRange(1, 0), AdjustmentRules.adjust(1, 7, AdjustmentRules.MOST, 0));
    }

    @Test
    void aBalanceIsNeverBelowWhatItMustHold() {
        assertEquals(new Adjusted(8, 30), AdjustmentRules.adjust(100, 7, -70, 30));
        assertEquals(new OutOfRange(100, 30), AdjustmentRules.adjust(100, 7, -71, 30));
    }

    @Test
    void aSumBeyondAllBoundsIsAnError() {
        assertThrows(ArithmeticException.class, () -> AdjustmentRules.adjust(Long.MAX_VALUE, 7, 1, 0));
    }
}
