package io.points.local;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** No child outlives this JVM: what still runs when it ends (Ctrl-C, SIGTERM, a test that forgot) is stopped in order. */
final class AtExit {
    private static final Set<LocalProcess> RUNNING = new LinkedHashSet<>();
    private static Consumer<List<LocalProcess>> before = running -> {};
    private static Runnable after = () -> {};
    private static boolean ending;
    private static boolean hooked;

    private AtExit() {}

    /** Starts the process, unless this JVM is already ending. */
    static Process launch(LocalProcess owner, ProcessBuilder builder) throws IOException {
        synchronized (RUNNING) {
            if (ending) {
                throw new CannotStartException("Stopping: nothing is started any more.");
            }
            hook();
            Process process = builder.start();
            if (owner != null) {
                RUNNING.add(owner);
            }
            return process;
        }
    }

    static void forget(LocalProcess process) {
        synchronized (RUNNING) {
            RUNNING.remove(process);
        }
    }

    static boolean ending() {
        synchronized (RUNNING) {
            return ending;
        }
    }

    /**
     * What is to be done at the end of this JVM.
     *
     * @param first what before everything is stopped; it is told what that is
     * @param last what after it
     */
    static void around(Consumer<List<LocalProcess>> first, Runnable last) {
        synchronized (RUNNING) {
            hook();
            before = first;
            after = last;
        }
    }

    private static void hook() {
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(AtExit::stopAll, "points-stop"));
            hooked = true;
        }
    }

    private static void stopAll() {
        List<LocalProcess> left;
        Consumer<List<LocalProcess>> first;
        Runnable last;
        synchronized (RUNNING) {
            ending = true;
            left = List.copyOf(RUNNING);
            first = before;
            last = after;
        }
        first.accept(left);
        stop(left);
        last.run();
    }

    /** Stops the services first, then what they stand on; each group at once. */
    static void stop(List<? extends LocalProcess> parts) {
        closeAll(parts.stream().filter(QuarkusProcess.class::isInstance));
        closeAll(parts.stream().filter(part -> !(part instanceof QuarkusProcess)));
    }

    private static void closeAll(Stream<? extends LocalProcess> parts) {
        Parallel.all(parts.map(part -> (Runnable) part::close).toList());
    }
}
