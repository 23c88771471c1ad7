package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long the saga waits in each state, and which states it will leave, or never. Nothing says when a return that was set aside is
 * due: the version before would find it by that time, and would not know what to ask.
 */
class StateTest {

    private static final SagaConfig TIMES = new SagaConfig() {
        @Override
        public Duration deadline() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration resendAfter() {
            return Duration.ofSeconds(7);
        }

        @Override
        public String sweepEvery() {
            throw new AssertionError("no state depends on it");
        }

        @Override
        public Duration defaultWait() {
            throw new AssertionError("no state depends on it");
        }

        @Override
        public Duration longestWait() {
            throw new AssertionError("no state depends on it");
        }
    };

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, true, false, PT30S",
        "RETURNING, true, false, PT7S",
        "CANCELLING, true, false, PT7S",
        "COMPENSATING, true, false, PT7S",
        "SET_ASIDE, false, false,",
        "COMPLETED, false, true,",
        "REJECTED, false, true,",
        "CANCELLED, false, true,",
        "COMPENSATED, false, true,",
    })
    void eachIsLeftInItsTimeOrNever(State state, boolean open, boolean last, Duration patience) {
        assertEquals(open, state.isOpen());
        assertEquals(last, state.isFinal());
        assertEquals(patience, state.timeout(TIMES));
    }
}
