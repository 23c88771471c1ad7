package io.points.local;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Owns a running stack: starts it, writes down what runs, and starts again what dies. */
final class Supervisor implements Progress {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Path folder;
    private final Terminal terminal;
    private final Ports ports;
    private final Stack stack;
    private final boolean withConsole;
    private final boolean observed;
    private final Map<LocalProcess, Backoff> backoffs = new HashMap<>();
    private final Set<String> stillComing = new ConcurrentSkipListSet<>();
    private boolean ready;
    private volatile boolean failed;

    /**
     * @param withConsole whether people get the web console
     * @param observed whether Prometheus looks at it, if it can be had
     */
    Supervisor(Path folder, Ports ports, Terminal terminal, Wiring wiring, boolean withConsole, boolean observed) {
        this.withConsole = withConsole;
        this.observed = observed;
        this.folder = folder;
        this.terminal = terminal;
        this.ports = ports;
        stack = new Stack(folder, ports, this, wiring);
    }

    /** Starts everything and watches over it; returns only by an exception, and otherwise ends with this JVM. */
    void run() {
        RunRecord.requireNoneIn(folder);
        NewFolder.requireOurs(folder);
        // Of two that come at once, one alone has what is left over of an earlier run.
        stack.claim();
        Orphans.end(folder, terminal);
        TokenFile.forgetAll(folder);
        long began = System.nanoTime();
        AtExit.around(this::sayWhatIsStopped, this::stopped);
        Patience patience = new Patience(terminal, stillComing);
        try {
            stack.start();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        } finally {
            patience.close();
        }
        terminal.welcome(stack, Duration.ofNanos(System.nanoTime() - began));
        if (observed) {
            beside(() -> terminal.observed(stack.observe()));
        }
        if (withConsole) {
            beside(() -> terminal.console(stack.console().url()));
        }
        ready = true;
        record();
        watch();
    }

    private void sayWhatIsStopped(List<LocalProcess> running) {
        if (failed) {
            return;
        }
        String names = running.stream().map(LocalProcess::name).collect(Collectors.joining(", "));
        terminal.line(
                names.isEmpty()
                        ? "Stopping; nothing had been started yet."
                        : "Stopping " + names + "; the data stays in " + folder + ".");
    }

    private void stopped() {
        RunRecord.in(folder)
                .filter(record ->
                        record.supervisor().pid() == ProcessHandle.current().pid())
                .ifPresent(ours -> RunRecord.removeFrom(folder));
        if (!failed) {
            terminal.line("Stopped.");
        }
    }

    /** What is wanted is the system; that something beside it does not start must not keep it from running. */
    private void beside(Runnable start) {
        try {
            start.run();
        } catch (CannotStartException e) {
            terminal.line(e.getMessage());
            terminal.blank();
        }
    }

    @Override
    public void note(String text) {
        terminal.line("  " + text);
    }

    @Override
    public void starting(LocalProcess part) {
        terminal.line("  %-22s starting".formatted(part.name()));
        stillComing.add(part.name());
        record();
    }

    @Override
    public void launched(LocalProcess part) {
        record();
    }

    @Override
    public void up(LocalProcess part) {
        stillComing.remove(part.name());
        terminal.line(String.format(
                Locale.ROOT,
                "  %-22s up on port %d after %.1f s",
                part.name(),
                part.port(),
                part.startUp().toMillis() / 1000.0));
        record();
    }

    private void watch() {
        while (true) {
            Shell.pause(LOOK_EVERY);
            for (LocalProcess part : stack.parts()) {
                if (!AtExit.ending() && !part.alive()) {
                    revive(part);
                }
            }
        }
    }

    private void revive(LocalProcess part) {
        Backoff backoff = backoffs.computeIfAbsent(part, any -> new Backoff());
        backoff.died(System.nanoTime())
                .ifPresent(wait -> terminal.line("%s has ended by itself; it is started again in %s s (log: %s)."
                        .formatted(part.name(), wait.toSeconds(), part.log())));
        if (!backoff.isDue(System.nanoTime())) {
            return;
        }
        backoff.started(System.nanoTime());
        try {
            part.start(this::launched);
            up(part);
        } catch (CannotStartException | UncheckedIOException e) {
            if (!AtExit.ending()) {
                terminal.line(Sentence.of(e));
            }
        }
    }

    private synchronized void record() {
        List<RunRecord.Part> parts = stack.parts().stream()
                .filter(LocalProcess::alive)
                .map(RunRecord.Part::of)
                .toList();
        new RunRecord(RunRecord.Recorded.of(ProcessHandle.current()), ports.base(), ready, parts).writeTo(folder);
    }
}
