package io.points.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code points status}; its exit code is 0 only if every part runs. */
@Command(name = "status", description = "Shows each part: process, port, memory, start-up time.")
final class StatusCommand implements Callable<Integer> {
    private static final int PARTS = 3 + Service.values().length;

    @Mixin
    private StackOptions place;

    @Override
    public Integer call() {
        RunRecord record = place.running();
        Terminal terminal = new Terminal(System.out);
        terminal.table(record.parts());
        long up = record.parts().stream()
                .filter(part -> part.process().find().isPresent())
                .count();
        if (!record.ready() || up < PARTS) {
            terminal.line("%s of %s parts run; it is %s."
                    .formatted(up, PARTS, record.ready() ? "being repaired" : "still starting"));
            return 1;
        }
        return 0;
    }
}
