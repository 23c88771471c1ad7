package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code points reset}. */
@Command(name = "reset", description = "Stops everything and deletes its data and logs.")
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private StackOptions place;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = new Terminal(System.out);
        Path folder = place.folder();
        Shutdown.of(folder, terminal);
        if (!Files.exists(folder)) {
            terminal.line("There is no data at " + folder + ".");
            return 0;
        }
        if (!FolderLock.marks(folder)) {
            throw new CannotStartException(folder + " was never used by Points, so nothing in it is deleted.");
        }
        FolderLock.take(folder).close();
        Cache.delete(folder);
        terminal.line("Deleted " + folder + ".");
        return 0;
    }
}
