package io.points.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Work done at the same time, one thread each: it waits for processes, not for the processor. The common pool would not do:
 * on two processors it has one worker, and since JDK 25 it starts no more.
 */
public final class Parallel {
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "points-parallel");
        thread.setDaemon(true);
        thread.start();
    };

    private Parallel() {}

    static CompletableFuture<Void> start(Runnable task) {
        return CompletableFuture.runAsync(task, THREADS);
    }

    /** Runs all and waits for all; throws the first failure as it was. */
    public static void all(Collection<? extends Runnable> tasks) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        tasks.forEach(task -> running.add(start(task)));
        await(running);
    }

    /** Throws the first failure as soon as there is one, whatever still runs. */
    static void await(Collection<CompletableFuture<Void>> running) {
        CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        running.forEach(one -> one.whenComplete((done, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            }
        }));
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
