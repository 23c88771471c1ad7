package io.points.allocation.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    @ParameterizedTest
    @CsvSource({"1, 1.00", "1.2, 1.20", "1.25000000, 1.25", "0, 0.00", "0.00000001, 0.00000001", "1000, 1000.00"})
    void aPriceIsWrittenExactly(String price, String text) {
        assertEquals(text, Price.text(new BigDecimal(price)));
    }

    @Test
    void whatIsBilledFitsInto53Bits() {
        long most = (1L << 53) - 1;
        assertTrue(Price.canBill(BigDecimal.ONE, "JPY", most));
        assertFalse(Price.canBill(BigDecimal.ONE, "JPY", most + 1));
        assertTrue(Price.canBill(BigDecimal.ONE, "INR", most / 100));
        assertFalse(Price.canBill(BigDecimal.ONE, "INR", most / 100 + 1));
        assertFalse(Price.canBill(new BigDecimal("999999999.99999999"), "KWD", 1_000_000_000_000L));
    }
}
