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
        terminal.line(
                reset(place.folder(), terminal)
                        ? "Deleted " + place.folder() + "."
                        : "There is no data at " + place.folder() + ".");
        return 0;
    }

    /** Stops what runs on a folder and deletes it; false if it is not there. */
    static boolean reset(Path folder, Terminal terminal) throws IOException {
        Shutdown.of(folder, terminal);
        if (!Files.exists(folder)) {
            return false;
        }
        if (!FolderLock.marks(folder)) {
            throw new CannotStartException(folder + " was never used by Points, so nothing in it is deleted.");
        }
        FolderLock.take(folder).close();
        Cache.delete(folder);
        return true;
    }
}
