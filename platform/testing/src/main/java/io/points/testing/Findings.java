package io.points.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Gathers what is wrong, to say all of it at once: many small checks share one start of a service. */
final class Findings {

    /** A service has more to do at a time than that; the test's machine has not. */
    private static final int MOST_AT_ONCE = 24;

    private final List<String> found = new ArrayList<>();
    private final Deque<Future<?>> running = new ArrayDeque<>();
    private int checks;

    /**
     * Has the same checked by each protocol, beside what is being checked already; {@link #assertNone} waits for all of it. For
     * requests that change nothing, and so may come in any order.
     */
    void byEach(Consumer<Protocol> check) {
        running.addAll(Protocol.begin(check));
        while (running.size() > MOST_AT_ONCE) {
            Protocol.await(running.remove());
        }
    }

    /** Until all that has begun has been checked. */
    void await() {
        while (!running.isEmpty()) {
            Protocol.await(running.remove());
        }
    }

    synchronized void check(boolean holds, String otherwise) {
        checks++;
        if (!holds) {
            found.add(otherwise);
        }
    }

    /** Fails with the whole list; fails too if nothing was looked at. */
    void assertNone() {
        await();
        report();
    }

    private synchronized void report() {
        if (checks == 0) {
            throw new AssertionError("Nothing was checked");
        }
        if (!found.isEmpty()) {
            throw new AssertionError("%s of %s checks failed:%n%s"
                    .formatted(found.size(), checks, String.join(System.lineSeparator(), found)));
        }
    }
}
