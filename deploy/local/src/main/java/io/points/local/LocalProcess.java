package io.points.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A part of the stack: one child process with a folder, a port and a log, which can be killed and started again. */
public abstract class LocalProcess implements AutoCloseable {
    private static final long LOG_LIMIT_BYTES = 32L << 20;
    private static final int TAIL_LINES = 15;
    private static final Pattern FRAME =
            Pattern.compile("^\\s*(at |\\.\\.\\. \\d+ |Caused by: |Suppressed: )|^Exception in thread");

    private final String name;
    private final Path folder;
    private final int port;
    private volatile Process process;
    private volatile Duration startUp = Duration.ZERO;
    private volatile long logBefore;
    private volatile boolean wanted;

    LocalProcess(String name, Path folder, int port) {
        this.name = name;
        this.folder = folder.toAbsolutePath().normalize();
        this.port = port == 0 ? Ports.anyFree() : port;
    }

    /** What to run, without a shell. */
    abstract List<String> command() throws IOException;

    /** Whether the running process answers as it should; an exception counts as no. */
    abstract boolean answers() throws Exception;

    /** Where it runs. */
    Path workingFolder() {
        return folder;
    }

    /** What has to be done before each start. */
    void prepare() throws IOException {}

    /** What the process sees in its environment beyond what every child does. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** Fails with one sentence if a start is bound to fail. */
    void check() {
        requireFree(name, port);
    }

    static void requireFree(String name, int port) {
        if (!Ports.isFree(port)) {
            throw new CannotStartException("Port " + port + " for " + name
                    + " is taken by another program: stop that one, or choose other ports with --port-base.");
        }
    }

    /** How long a start may take. */
    Duration patience() {
        return Duration.ofSeconds(120);
    }

    /** How long the process may take to end when asked to. */
    Duration stopPatience() {
        return Duration.ofSeconds(10);
    }

    /** The signal that asks the process to end in good order. */
    String stopSignal() {
        return "TERM";
    }

    /**
     * Starts the process and waits until it answers; does nothing if it runs.
     *
     * @throws CannotStartException if it ends at once, does not answer in time, or its port is taken
     */
    public final void start() {
        start(launched -> {});
    }

    final synchronized void start(Consumer<LocalProcess> launched) {
        if (alive()) {
            return;
        }
        check();
        long began = System.nanoTime();
        try {
            Files.createDirectories(folder);
            prepare();
            turnLog();
            logBefore = Files.exists(log()) ? Files.size(log()) : 0;
            process = AtExit.launch(this, builder());
            launched.accept(this);
            awaitAnswer();
            wanted = true;
        } catch (IOException e) {
            throw new CannotStartException(name + " could not be started: " + Sentence.reason(e) + ".", e);
        }
        startUp = Duration.ofNanos(System.nanoTime() - began);
    }

    private ProcessBuilder builder() throws IOException {
        List<String> command = new ArrayList<>(Shell.ownSession());
        command.addAll(command());
        ProcessBuilder builder = ChildEnvironment.of(new ProcessBuilder(command))
                .directory(workingFolder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        return builder;
    }

    private void turnLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT_BYTES) {
            Files.move(log(), folder.resolve(name + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + patience().toNanos();
        while (!answersNow()) {
            if (!alive()) {
                kill();
                if (AtExit.ending()) {
                    throw new CannotStartException(name + " was stopped while it was starting.");
                }
                throw new CannotStartException(name + " ended while it was starting; its log is " + log() + tail());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new CannotStartException(name + " did not come up within "
                        + patience().toSeconds() + " s; its log is " + log() + tail());
            }
            Shell.pause(Duration.ofMillis(200));
        }
    }

    private boolean answersNow() {
        try {
            return answers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start of " + name + " was interrupted.", e);
        } catch (Exception e) {
            return false;
        }
    }

    /** The last lines that this start has logged, without the frames of stack traces: who needs these reads the log. */
    private String tail() {
        try (SeekableByteChannel file = Files.newByteChannel(log())) {
            file.position(logBefore);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size() - logBefore, LOG_LIMIT_BYTES));
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                continue;
            }
            List<String> lines = new String(bytes.array(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !FRAME.matcher(line).find())
                    .toList();
            return lines.isEmpty()
                    ? ", which says nothing"
                    : ", which ends:\n  "
                            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the process runs (it may be suspended). */
    public final boolean alive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** What is to be said of a process that has come up and runs no more, though nobody has ended it; empty of any other. */
    public final Optional<String> endedByItself() {
        return wanted && !alive()
                ? Optional.of(name + " has ended by itself with code " + process.exitValue() + "; its log is " + log()
                        + tail())
                : Optional.empty();
    }

    /** Ends the process at once (SIGKILL), as a fault would, and waits until it and its children are gone. */
    public final void kill() {
        wanted = false;
        Process current = process;
        if (current == null) {
            return;
        }
        List<ProcessHandle> children = current.descendants().toList();
        current.destroyForcibly();
        current.onExit().join();
        // PostgreSQL's children hold its shared memory until they have noticed.
        children.forEach(child -> child.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    child.destroyForcibly();
                    return child;
                })
                .join());
        AtExit.forget(this);
    }

    /** Stops the process and its children from running without ending them (SIGSTOP). */
    public final void suspend() {
        signalAll("STOP");
    }

    /** Lets a suspended process and its children run on (SIGCONT). */
    public final void resume() {
        signalAll("CONT");
    }

    /** The process first, so that a suspended one makes no more children. */
    private void signalAll(String signal) {
        ProcessHandle own = handle();
        Shell.signal(signal, own.pid());
        own.descendants().forEach(child -> Shell.signal(signal, child.pid()));
    }

    /** How many bytes of memory the process holds, with its children; 0 if it is gone. */
    public final long residentBytes() {
        return Memory.resident(handle());
    }

    /** Ends the process if it runs, and starts it again on the same folder and port. */
    public final void restart() {
        close();
        start();
    }

    /** Asks the process to end, and kills it if it takes too long; does nothing if it does not run. */
    @Override
    public void close() {
        wanted = false;
        Process current = process;
        if (current != null && current.isAlive()) {
            resume();
            Shell.signal(stopSignal(), current.pid());
            try {
                current.waitFor(stopPatience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kill();
    }

    /** Its name, as in {@code points logs NAME}. */
    public final String name() {
        return name;
    }

    /** The address it listens on. */
    public final String host() {
        return Ports.HOST;
    }

    /** The port it listens on. */
    public final int port() {
        return port;
    }

    /** The folder of its data and log. */
    public final Path folder() {
        return folder;
    }

    /** The file that its output goes to. */
    public final Path log() {
        return folder.resolve(name + ".log");
    }

    /** How long the last start took. */
    public final Duration startUp() {
        return startUp;
    }

    /** The process's id; fails if it was never started. */
    public final long pid() {
        return handle().pid();
    }

    final ProcessHandle handle() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return current.toHandle();
    }
}
