package io.points.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The little that Java cannot do by itself: signals, sessions, and knowing who we are. */
final class Shell {
    private Shell() {}

    /** Sends a signal by its name ({@code TERM}, {@code STOP}); a process that is gone is no fault. */
    static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\" 2>/dev/null", "sh", signal, Long.toString(pid))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks a process by a signal to end, kills it if it takes longer than that, and returns when it is gone. */
    static void end(ProcessHandle process, String signal, Duration patience) {
        signal(signal, process.pid());
        process.onExit()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process.onExit().join();
                })
                .join();
    }

    /**
     * Puts a command into a session of its own, so that Ctrl-C at the terminal reaches us alone and we end our children in
     * order; empty where {@code setsid} is missing.
     */
    static List<String> ownSession() {
        return onPath("setsid") ? List.of("setsid") : List.of();
    }

    static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    /** This JVM's {@code java}, for children. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while waiting.", e);
        }
    }

    /** Whether a short command, whose output is of no interest, ends well. */
    static boolean succeeds(List<String> command) {
        try {
            return ChildEnvironment.of(new ProcessBuilder(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a short command to its end, in the folder of the file that its output goes to. */
    static void run(List<String> command, Path output) throws IOException {
        Process process = AtExit.launch(
                null,
                ChildEnvironment.of(new ProcessBuilder(command))
                        .directory(output.toAbsolutePath().getParent().toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())));
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed with code " + process.exitValue() + ", see " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.get(0) + " ran", e);
        }
    }
}
