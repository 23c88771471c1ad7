package io.points.platform.web.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalRateTest {

    private static final ArrivalRate RATE = new ArrivalRate(Duration.ofSeconds(5), 1_000);

    @Test
    void nothingNeedComeAtFirst() {
        assertEquals(Duration.ofSeconds(5), RATE.left(0, Duration.ZERO));
        assertEquals(Duration.ofMillis(1), RATE.left(0, Duration.ofMillis(4_999)));
        assertEquals(Duration.ZERO, RATE.left(0, Duration.ofSeconds(5)));
    }

    @Test
    void whatHasComeBuysTime() {
        assertEquals(Duration.ofSeconds(2), RATE.left(3_000, Duration.ofSeconds(6)));
        assertEquals(Duration.ofMillis(-500), RATE.left(1_500, Duration.ofSeconds(7)));
    }

    @Test
    void aWholeBatchMayTakeHalfAMinuteAndABodyBarelyMore() {
        assertEquals(Duration.ofSeconds(37), ArrivalRate.USUAL.left(2 * 1024 * 1024, Duration.ZERO));
        assertEquals(Duration.ofSeconds(6), ArrivalRate.USUAL.left(64 * 1024, Duration.ZERO));
    }
}
