package io.points.platform.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @ParameterizedTest
    @CsvSource({"INR, 2", "JPY, 0", "KWD, 3", "CLF, 4", "UYW, 4", "XAD, 2", "XCG, 2", "HRK, 2", "TPE, 0"})
    void aCurrencyHasItsDigitsWhateverTheJdkKnows(String code, int digits) {
        assertEquals(digits, Currency.of(code).digits());
        assertEquals(code, Currency.of(code).code());
    }

    @ParameterizedTest
    @CsvSource({
        "HRK, 2023-01-01",
        "BGN, 2026-01-01",
        "ANG, 2025-07-01",
        "CUC, 2021-06-01",
        "LTL, 2015-01-01",
        "DEM, 2002-03-01"
    })
    void aCurrencyEndsWithTheDayOnWhichItIsWithdrawn(String code, LocalDate withdrawn) {
        var currency = Currency.of(code);
        assertTrue(currency.isInForce(withdrawn.minusDays(1)));
        assertFalse(currency.isInForce(withdrawn));
        assertFalse(currency.isInForce(withdrawn.plusDays(1)));
        assertFalse(currency.isInForce(TODAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "INR", "USD", "UYW", "ZWG", "SLE", "VED", "XCG"})
    void othersAreInForce(String code) {
        assertTrue(Currency.of(code).isInForce(TODAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XTS", "XXX", "XDR", "ABC", "inr", "INR ", "IN", "", "IИR"})
    void whatHasNoMinorUnitOrNeverWasIsNone(String code) {
        assertEquals(Optional.empty(), Currency.find(code));
        assertThrows(IllegalArgumentException.class, () -> Currency.of(code));
    }

    @Test
    void theTableIsThatOfIso4217() {
        assertEquals(
                165,
                Currency.all().values().stream()
                        .filter(it -> it.isInForce(TODAY))
                        .count());
        Currency.all().values().forEach(it -> {
            assertTrue(it.code().matches("[A-Z]{3}"), it.code());
            assertTrue(it.digits() >= 0 && it.digits() <= 4, it.code());
        });
    }
}
