package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts a supervisor that outlives this command, and shows what it says until everything is up. */
final class Background {
    static final String OBSERVE = "--observe";
    static final String CLOCKS = "--clocks";
    static final String NO_CONSOLE = "--no-console";

    private final Path folder;
    private final Ports ports;
    private final Terminal terminal;
    private final List<String> options;

    /** @param options of {@code up}, beside those that say where: {@link #OBSERVE}, {@link #CLOCKS}, {@link #NO_CONSOLE} */
    Background(Path folder, Ports ports, Terminal terminal, List<String> options) {
        this.options = options;
        this.folder = folder;
        this.ports = ports;
        this.terminal = terminal;
    }

    /** Returns when the stack is up; fails with a sentence if it does not come up. */
    RunRecord start() {
        RunRecord.requireNoneIn(folder);
        NewFolder.requireOurs(folder);
        NewFolder made = NewFolder.at(folder);
        FolderLock starting = null;
        try {
            // Held until it is up or has failed, so that of two commands at once one alone turns the supervisor's log.
            starting = FolderLock.take(folder, FolderLock.STARTING, "is being started on by another command already");
            RunRecord.requireNoneIn(folder);
            Path log = folder.resolve("supervisor.log");
            if (Files.exists(log)) {
                Files.move(log, folder.resolve("supervisor.1.log"), StandardCopyOption.REPLACE_EXISTING);
            }
            Process supervisor = launch(log);
            AtExit.around(
                    running -> terminal.line("Stopping the start of Points (process " + supervisor.pid() + ") ..."),
                    () -> abandon(supervisor, made));
            return follow(supervisor, new LogReader(log));
        } catch (IOException e) {
            throw new CannotStartException("The supervisor could not be started: " + Sentence.reason(e) + ".", e);
        } finally {
            AtExit.around(running -> {}, () -> {});
            if (starting != null) {
                // First, or whoever waits for the lock would find their folder gone.
                made.removeIfUnused();
                starting.close();
            }
        }
    }

    private void abandon(Process supervisor, NewFolder made) {
        Shutdown.end(supervisor.toHandle());
        Orphans.end(folder, terminal);
        made.removeIfUnused();
        terminal.line(
                Files.exists(folder)
                        ? "Stopped what had been started; the data stays in " + folder + "."
                        : "Stopped what had been started.");
    }

    private RunRecord follow(Process supervisor, LogReader log) throws IOException {
        while (true) {
            boolean alive = supervisor.isAlive();
            RunRecord record = RunRecord.runningIn(folder)
                    .filter(found -> found.ready() && found.supervisor().pid() == supervisor.pid())
                    .orElse(null);
            log.copyTo(terminal);
            if (record != null) {
                return record;
            }
            if (!alive) {
                throw new CannotStartException("Points did not come up.");
            }
            Shell.pause(Duration.ofMillis(200));
        }
    }

    private Process launch(Path log) throws IOException {
        List<String> command = new ArrayList<>(Shell.ownSession());
        command.addAll(List.of(
                Shell.java(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-Dpoints.root=" + Repository.root(),
                // By which the script knows that what is built here runs.
                "-Dpoints.stack=" + Repository.root(),
                "-Dpoints.called=" + System.getProperty("points.called", "./points"),
                "-Dpoints.service.options=" + QuarkusProcess.moreOptions(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "up",
                "--data=" + folder,
                "--port-base=" + ports.base()));
        command.addAll(options);
        return ChildEnvironment.of(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
    }
}
