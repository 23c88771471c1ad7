package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();
    private long now = Long.MAX_VALUE - 5;

    @Test
    void theWaitDoublesUpToHalfAMinute() {
        long[] waits = IntStream.range(0, 8).mapToLong(any -> dieAndStart()).toArray();
        assertEquals("[1, 2, 4, 8, 16, 30, 30, 30]", Arrays.toString(waits));
    }

    @Test
    void aMinuteOfLifeIsForgivenEverything() {
        dieAndStart();
        dieAndStart();
        now += Duration.ofSeconds(61).toNanos();
        assertEquals(1, dieAndStart());
    }

    @Test
    void aDeathIsNewsOnlyOnce() {
        backoff.died(now);
        assertEquals(Optional.empty(), backoff.died(now));
    }

    @Test
    void nothingIsDueBeforeADeath() {
        assertFalse(backoff.isDue(now));
    }

    private long dieAndStart() {
        Duration wait = backoff.died(now).orElseThrow();
        assertFalse(backoff.isDue(now + wait.toNanos() - 1));
        now += wait.toNanos();
        assertTrue(backoff.isDue(now));
        backoff.started(now);
        return wait.toSeconds();
    }
}
