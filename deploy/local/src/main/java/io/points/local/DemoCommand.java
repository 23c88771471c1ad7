package io.points.local;

import io.points.local.demo.Demo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code points demo}; its exit code is 0 only if every point is accounted for. */
@Command(
        name = "demo",
        description = "Moves points through all three tiers and proves that none is lost; starts the stack if need be.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private StackOptions place;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Where the ports are counted from, if the stack has to be started.")
    private Integer portBase;

    @Override
    public Integer call() {
        long began = Long.getLong("points.began", System.currentTimeMillis() / 1000);
        Terminal terminal = new Terminal(System.out);
        RunRecord record = running(terminal);
        List<String> faults = Demo.tell(new Ports(record.portBase()));
        terminal.table(RunRecord.runningIn(place.folder()).orElse(record).parts());
        terminal.line("All of it took " + (System.currentTimeMillis() / 1000 - began) + " s.");
        terminal.blank();
        if (faults.isEmpty()) {
            terminal.line("OK: every point is accounted for");
            return 0;
        }
        terminal.line("NOT OK:");
        faults.forEach(fault -> terminal.line("  " + fault));
        return 1;
    }

    private RunRecord running(Terminal terminal) {
        RunRecord record = RunRecord.runningIn(place.folder()).orElse(null);
        if (record == null) {
            return new Background(place.folder(), StackOptions.ports(portBase), terminal, false).start();
        }
        while (!record.ready()) {
            Shell.pause(Duration.ofMillis(500));
            record = place.running();
        }
        return record;
    }
}
