package io.points.chaos;

import java.io.PrintStream;

/** A line now and then, so that whoever waits sees that it goes on. */
final class Progress {

    private static final long EVERY_MILLIS = 10_000;

    private final Thread thread;
    private volatile boolean ended;

    private Progress(History history, Tally tally, PrintStream out) {
        long began = System.nanoTime();
        thread = new Thread(
                () -> {
                    while (!ended) {
                        Waits.pause(EVERY_MILLIS);
                        out.println("  after %s s: %s awards, %s kills, %s other faults"
                                .formatted(
                                        (System.nanoTime() - began) / 1_000_000_000,
                                        history.awards(),
                                        tally.killed(),
                                        tally.others().values().stream()
                                                .mapToInt(Integer::intValue)
                                                .sum()));
                    }
                },
                "chaos-progress");
        thread.setDaemon(true);
        thread.start();
    }

    static Progress begin(History history, Tally tally, PrintStream out) {
        return new Progress(history, tally, out);
    }

    void end() {
        ended = true;
    }
}
