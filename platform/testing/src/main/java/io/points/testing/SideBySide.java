package io.points.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work that goes on beside its caller, each in a thread of its own. What waits for another's transaction needs both to run
 * at once, and the common pool promises that to nobody: on two processors it has one worker and, since JDK 25, no more.
 */
public final class SideBySide {
    private static final Executor THREADS = work -> {
        var thread = new Thread(work, "side-by-side");
        thread.setDaemon(true);
        thread.start();
    };

    private SideBySide() {}

    /** Begins at once; its end is the future's. */
    public static <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }

    /** As above, of work that gives nothing back. */
    public static CompletableFuture<Void> begin(Runnable work) {
        return CompletableFuture.runAsync(work, THREADS);
    }
}
