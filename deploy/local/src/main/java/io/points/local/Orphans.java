package io.points.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Processes that a supervisor started and then could not stop, because it was killed itself; one that runs has none. */
final class Orphans {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Orphans() {}

    /** Ends what is recorded in the folder and still runs: only the very processes that were recorded. */
    static void end(Path folder, Terminal terminal) {
        RunRecord.in(folder).filter(record -> !record.runs()).ifPresent(record -> {
            List<Runnable> ends = record.parts().stream()
                    .flatMap(part -> part.process().find().stream().map(process -> Map.entry(part.name(), process)))
                    .map(found -> (Runnable) () -> end(found.getKey(), found.getValue(), terminal))
                    .toList();
            Parallel.all(ends);
            RunRecord.removeFrom(folder);
        });
    }

    private static void end(String name, ProcessHandle process, Terminal terminal) {
        terminal.line("Stopping " + name + " (process " + process.pid() + "), left over from an earlier run.");
        Shell.signal("CONT", process.pid());
        // To PostgreSQL, TERM means: wait until the last client has gone.
        Shell.end(process, "postgres".equals(name) ? "INT" : "TERM", PATIENCE);
    }
}
