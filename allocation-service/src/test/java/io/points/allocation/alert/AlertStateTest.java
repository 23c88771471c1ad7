package io.points.allocation.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertStateTest {

    @ParameterizedTest
    @CsvSource({"open, true, true", "snoozed, true, true", "acknowledged, true, false", "over, false, false"})
    void whatCanBeDoneAboutAnAlert(String word, boolean acknowledged, boolean snoozed) {
        var state = AlertState.of(word);
        assertEquals(word, state.word());
        assertEquals(acknowledged, state.canBeAcknowledged());
        assertEquals(snoozed, state.canBeSnoozed());
    }
}
