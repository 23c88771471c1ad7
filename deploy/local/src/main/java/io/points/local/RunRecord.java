package io.points.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What runs on a data folder, written down so that another command finds it.
 *
 * @param supervisor the process that owns all others
 * @param portBase where the ports are counted from
 * @param ready whether everything has come up
 * @param parts the processes that the supervisor has started
 */
record RunRecord(Recorded supervisor, int portBase, boolean ready, List<Part> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SINCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** A process, told from a later one with the same number by when it began (milliseconds since 1970). */
    record Recorded(long pid, long startedAt) {
        private static final long TOLERANCE_MILLIS = 2000;

        static Recorded of(ProcessHandle process) {
            return new Recorded(process.pid(), startOf(process));
        }

        /** The process, if it is still the same one. */
        Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> Math.abs(startOf(process) - startedAt) <= TOLERANCE_MILLIS);
        }

        private static long startOf(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(start -> start.toEpochMilli())
                    .orElse(-1L);
        }
    }

    /** One part of the stack; how long it took to come up, in milliseconds. */
    record Part(String name, Recorded process, int port, long startUpMillis, String log) {
        static Part of(LocalProcess part) {
            return new Part(
                    part.name(),
                    Recorded.of(part.handle()),
                    part.port(),
                    part.startUp().toMillis(),
                    part.log().toString());
        }

        Duration startUp() {
            return Duration.ofMillis(startUpMillis);
        }
    }

    /** What is recorded in a data folder, whether it still runs or not. */
    static Optional<RunRecord> in(Path folder) {
        try {
            Path file = file(folder);
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RunRecord.class)) : Optional.empty();
        } catch (IOException e) {
            throw new CannotStartException(
                    file(folder) + " cannot be read, so nobody knows what runs here: if nothing does, delete it.", e);
        }
    }

    /** What is recorded and has a living supervisor. */
    static Optional<RunRecord> runningIn(Path folder) {
        return in(folder).filter(RunRecord::runs);
    }

    /**
     * Fails if a stack runs in the folder.
     *
     * @throws CannotStartException which says since when, where, and how it is stopped
     */
    static void requireNoneIn(Path folder) {
        runningIn(folder).ifPresent(running -> {
            Ports ports = new Ports(running.portBase());
            throw new CannotStartException(String.format(
                    Locale.ROOT,
                    "Points %s here already, since %s (process %d, services on the ports %d to %d, data in %s):"
                            + " %s shows it, %s stops it.",
                    running.ready() ? "runs" : "is being started",
                    SINCE.format(Instant.ofEpochMilli(running.supervisor().startedAt())),
                    running.supervisor().pid(),
                    ports.of(Service.ALLOCATION),
                    ports.of(Service.AUDIT),
                    folder,
                    Hint.command("status", folder),
                    Hint.command("down", folder)));
        });
    }

    boolean runs() {
        return supervisor.find().isPresent();
    }

    void writeTo(Path folder) {
        try {
            Path next = folder.resolve("run.json.next");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), this);
            Files.move(next, file(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            // For the shell script, which must not build beneath running services.
            Files.writeString(pidFile(folder), supervisor.pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void removeFrom(Path folder) {
        try {
            Files.deleteIfExists(pidFile(folder));
            Files.deleteIfExists(file(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pidFile(Path folder) {
        return folder.resolve("supervisor.pid");
    }

    private static Path file(Path folder) {
        return folder.resolve("run.json");
    }
}
