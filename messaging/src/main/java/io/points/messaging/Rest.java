package io.points.messaging;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Rest after work, for as long as the work took. Each batch costs the same few statements, however much is in it. On an idle
 * machine it takes a few milliseconds, and nobody notices the rest; on a busy one it takes many, and what comes during the
 * rest shares the next batch, so that the same processors do more.
 */
public final class Rest {

    /** After a long wait for a lock or a lost server there is much to catch up with. */
    private static final Duration LONGEST = Duration.ofMillis(50);

    private Rest() {}

    /**
     * @param began when the work began, as {@link System#nanoTime} has it
     * @return how long to rest now
     */
    public static Duration since(long began) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        return took.compareTo(LONGEST) < 0 ? took : Duration.ZERO;
    }

    /** Does the work, rests, and completes then; does not rest after a failure. */
    public static Uni<Void> after(Uni<Void> work) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return work.call(() -> {
                var rest = since(began);
                return rest.isZero()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(rest);
            });
        });
    }
}
