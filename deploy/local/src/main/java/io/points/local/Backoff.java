package io.points.local;

import java.time.Duration;
import java.util.Optional;

/**
 * When a part that dies is started again: after one second, then after twice as long each time, up to half a minute; a
 * minute of life is forgiven everything. Times are those of {@link System#nanoTime()}.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration GOOD_LIFE = Duration.ofSeconds(60);

    private Duration next = FIRST;
    private long startedAt;
    private long dueAt;
    private boolean everStarted;
    private boolean waiting;

    /** The part was seen dead; how long to wait, if this death is news. */
    Optional<Duration> died(long now) {
        if (waiting) {
            return Optional.empty();
        }
        if (everStarted && now - startedAt > GOOD_LIFE.toNanos()) {
            next = FIRST;
        }
        Duration wait = next;
        waiting = true;
        dueAt = now + wait.toNanos();
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Optional.of(wait);
    }

    boolean isDue(long now) {
        return waiting && now - dueAt >= 0;
    }

    void started(long now) {
        waiting = false;
        everStarted = true;
        startedAt = now;
    }
}
