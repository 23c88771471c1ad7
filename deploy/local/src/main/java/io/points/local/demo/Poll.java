package io.points.local.demo;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads until what is read is right, or the time is over; gives back what was read last. */
final class Poll {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Poll() {}

    static <T> T until(Supplier<T> read, Predicate<T> right) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        T last = read.get();
        while (!right.test(last) && System.nanoTime() < deadline) {
            pause();
            last = read.get();
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting.", e);
        }
    }
}
