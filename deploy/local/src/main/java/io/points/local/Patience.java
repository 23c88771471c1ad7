package io.points.local;

import java.time.Duration;
import java.util.Set;

/** Says every few seconds what is still being waited for, so that nobody takes a slow start for one that hangs. */
final class Patience implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(4);

    private final Terminal terminal;
    private final Set<String> awaited;
    private final Thread thread = new Thread(this::tell, "points-patience");
    private final long began = System.nanoTime();

    /** @param awaited the names of what is waited for, as they change */
    Patience(Terminal terminal, Set<String> awaited) {
        this.terminal = terminal;
        this.awaited = awaited;
        thread.setDaemon(true);
        thread.start();
    }

    private void tell() {
        try {
            while (true) {
                Thread.sleep(EVERY.toMillis());
                if (!awaited.isEmpty() && !AtExit.ending()) {
                    terminal.line("  after "
                            + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s still waiting for "
                            + String.join(", ", awaited));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
