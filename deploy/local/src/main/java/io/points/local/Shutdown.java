package io.points.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Ends a running stack from outside. */
final class Shutdown {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Shutdown() {}

    /** Asks the supervisor to stop everything, and then ends what it left; whether there was anything to stop. */
    static boolean of(Path folder, Terminal terminal) {
        Optional<RunRecord> record = RunRecord.in(folder);
        boolean any = record.isPresent();
        record.flatMap(found -> found.supervisor().find()).ifPresent(supervisor -> {
            terminal.line("Stopping Points (process " + supervisor.pid() + ").");
            end(supervisor);
        });
        Orphans.end(folder, terminal);
        return any;
    }

    /** Asks a supervisor to stop everything, and waits until it has ended. */
    static void end(ProcessHandle supervisor) {
        Shell.end(supervisor, "TERM", PATIENCE);
    }
}
