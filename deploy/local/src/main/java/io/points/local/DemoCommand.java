package io.points.local;

import io.points.local.demo.Demo;
import io.points.local.demo.LifetimeDemo;
import io.points.local.demo.MonthEndDemo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code points demo}; its exit code is 0 only if every point is accounted for. */
@Command(
        name = "demo",
        description = "Moves points through all three tiers and proves that none is lost; starts the stack if need be.")
final class DemoCommand implements Callable<Integer> {
    private static final int BESIDE = 1_000;

    @Mixin
    private StackOptions place;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Where the ports are counted from, if the stack has to be started.")
    private Integer portBase;

    @ArgGroup
    private Other other = new Other();

    /** Another story, on a stack of its own that is made anew and whose clocks can be moved on. */
    private static final class Other {
        @Option(
                names = "--month-end",
                description =
                        "Tells the story of a month that is closed, reopened and closed again instead: on a stack of its own that"
                                + " is made anew, whose clocks can be moved on (default: .points/month-end).")
        private boolean monthEnd;

        @Option(
                names = "--lifetime",
                description =
                        "Tells the life of a tenant instead, from a refill by schedule to its closing: on a stack of its own that is"
                                + " made anew, whose clocks can be moved on (default: .points/lifetime).")
        private boolean lifetime;
    }

    @Override
    public Integer call() throws IOException {
        long began = Long.getLong("points.began", System.currentTimeMillis() / 1000);
        Terminal terminal = new Terminal(System.out);
        List<String> faults = tell(terminal);
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

    private List<String> tellOfPoints(Terminal terminal) {
        RunRecord record = running(terminal);
        List<String> faults = Demo.tell(new Ports(record.portBase()));
        List<RunRecord.Part> parts =
                RunRecord.runningIn(place.folder()).orElse(record).parts();
        terminal.table(parts);
        if (parts.stream().anyMatch(part -> part.name().equals(LocalConsole.NAME))) {
            terminal.console(LocalConsole.url(new Ports(record.portBase())));
        }
        return faults;
    }

    private List<String> tell(Terminal terminal) throws IOException {
        if (other.monthEnd) {
            return tellBeside("month-end", 1, MonthEndDemo::tell, "for docs/billing.md to be tried on", terminal);
        }
        return other.lifetime
                ? tellBeside("lifetime", 2, LifetimeDemo::tell, "to be looked at", terminal)
                : tellOfPoints(terminal);
    }

    /**
     * Beside the usual stack, and beside each other.
     *
     * @param distance 1 is next to the usual stack
     * @param what the stack is left for
     */
    private List<String> tellBeside(
            String name, int distance, BiFunction<Ports, Clocks, List<String>> story, String what, Terminal terminal)
            throws IOException {
        Path folder =
                place.folder(Repository.state().resolve(name).toAbsolutePath().normalize());
        Ports ports = StackOptions.ports(portBase);
        if (portBase == null) {
            ports = new Ports(ports.base() + distance * BESIDE);
        }
        ResetCommand.reset(folder, terminal);
        new Background(folder, ports, terminal, List.of(Background.CLOCKS, Background.NO_CONSOLE)).start();
        List<String> faults = story.apply(ports, new Clocks(folder));
        terminal.line("It is left running, " + what + "; " + Hint.command("reset", folder) + " stops and deletes it.");
        return faults;
    }

    private RunRecord running(Terminal terminal) {
        RunRecord record = RunRecord.runningIn(place.folder()).orElse(null);
        if (record == null) {
            return new Background(place.folder(), StackOptions.ports(portBase), terminal, List.of()).start();
        }
        while (!record.ready()) {
            Shell.pause(Duration.ofMillis(500));
            record = place.running();
        }
        return record;
    }
}
