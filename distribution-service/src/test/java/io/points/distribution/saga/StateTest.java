package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which states the saga will leave soon, and which never. */
class StateTest {

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, true, false",
        "RETURNING, true, false",
        "CANCELLING, true, false",
        "COMPENSATING, true, false",
        "SET_ASIDE, false, false",
        "COMPLETED, false, true",
        "REJECTED, false, true",
        "CANCELLED, false, true",
        "COMPENSATED, false, true",
    })
    void eachIsLeftSoonOrNever(State state, boolean open, boolean last) {
        assertEquals(open, state.isOpen());
        assertEquals(last, state.isFinal());
    }
}
