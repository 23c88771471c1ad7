package io.points.ledger.dates;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.platform.web.problem.ProblemException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ExtensionRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    @Test
    void daysMoveLaterAndNotForEver() {
        assertDoesNotThrow(() -> ExtensionRules.require(TODAY.minusDays(1), TODAY, TODAY));
        assertDoesNotThrow(() -> ExtensionRules.require(TODAY, TODAY.plusYears(10), TODAY));
        assertEquals(400, status(TODAY, TODAY.plusYears(10).plusDays(1)));
        assertEquals(409, status(TODAY.plusDays(5), TODAY.plusDays(5)));
        assertEquals(409, status(TODAY.plusDays(5), TODAY.plusDays(4)));
        // It is over already.
        assertEquals(409, status(TODAY.minusDays(5), TODAY.minusDays(1)));
    }

    private static int status(LocalDate from, LocalDate to) {
        return assertThrows(ProblemException.class, () -> ExtensionRules.require(from, to, TODAY))
                .problem()
                .status();
    }
}
