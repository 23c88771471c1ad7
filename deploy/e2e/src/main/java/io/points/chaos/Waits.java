package io.points.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting: for a condition, or for as long as a fault is to last. */
final class Waits {

    private static final long LOOK_EVERY_MILLIS = 20;

    private Waits() {}

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The same for something in a database, which may be away: what cannot be seen is not there yet. */
    static boolean untilSeen(Duration longest, BooleanSupplier condition) {
        return until(longest, () -> {
            try {
                return condition.getAsBoolean();
            } catch (IllegalStateException e) {
                return false;
            }
        });
    }

    /** True as soon as the condition holds; false if it does not within the time. */
    static boolean until(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(LOOK_EVERY_MILLIS);
        }
        return true;
    }
}
