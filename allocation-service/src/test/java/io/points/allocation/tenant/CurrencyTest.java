package io.points.allocation.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.web.input.CurrencyCode;
import jakarta.validation.Validation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed anew is in a currency that is in force; what was agreed before goes on. */
class CurrencyTest {

    private static final String NOW = "2026-11-28T12:00:00Z";
    private static final String NO_CODE = "must be an ISO 4217 currency code such as INR";

    private record Agreed(@CurrencyCode String currency) {}

    private record GoesOn(@CurrencyCode(orWithdrawn = true) String currency) {}

    @ParameterizedTest
    @ValueSource(strings = {"INR", "EUR", "JPY", "KWD", "CLF", "UYW", "XAD"})
    void whatIsInForceIsTaken(String code) {
        assertEquals(List.of(), faults(NOW, new Agreed(code)));
        assertEquals(List.of(), faults(NOW, new GoesOn(code)));
    }

    @ParameterizedTest
    @CsvSource({"HRK, 2023-01-01", "BGN, 2026-01-01", "DEM, 2002-03-01"})
    void whatWasWithdrawnIsTakenWhereItGoesOnOnly(String code, String withdrawn) {
        assertEquals(
                List.of("was withdrawn from ISO 4217 on " + withdrawn + ": nothing new is agreed in it"),
                faults(NOW, new Agreed(code)));
        assertEquals(List.of(), faults(NOW, new GoesOn(code)));
    }

    @Test
    void itEndsAtMidnightUtc() {
        assertEquals(List.of(), faults("2025-12-31T23:59:59.999999999Z", new Agreed("BGN")));
        assertEquals(1, faults("2026-01-01T00:00:00Z", new Agreed("BGN")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "ABC", "inr", "", "INRR"})
    void whatIsNoCurrencyIsRefusedEitherWay(String code) {
        assertEquals(List.of(NO_CODE), faults(NOW, new Agreed(code)));
        assertEquals(List.of(NO_CODE), faults(NOW, new GoesOn(code)));
    }

    @Test
    void nothingIsLeftToNotNull() {
        assertEquals(List.of(), faults(NOW, new Agreed(null)));
    }

    private static List<String> faults(String now, Object bean) {
        var clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        try (var factory = Validation.byDefaultProvider()
                .configure()
                .clockProvider(() -> clock)
                .buildValidatorFactory()) {
            return factory.getValidator().validate(bean).stream()
                    .map(violation -> violation.getMessage())
                    .toList();
        }
    }
}
