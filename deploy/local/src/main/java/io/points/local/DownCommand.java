package io.points.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code points down}. */
@Command(name = "down", description = "Stops everything; the data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private StackOptions place;

    @Override
    public Integer call() {
        Terminal terminal = new Terminal(System.out);
        terminal.line(Shutdown.of(place.folder(), terminal) ? "Stopped; the data stays." : "Nothing was running.");
        return 0;
    }
}
