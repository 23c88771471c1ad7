package io.points.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The run's own folder. */
final class Folders {

    private static final String MARK = "points-chaos";

    private Folders() {}

    /**
     * Makes the folder, or empties it if an earlier run has made it.
     *
     * @throws IllegalStateException if something else is in it
     */
    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            if (!Files.exists(folder.resolve(MARK))) {
                try (var content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new IllegalStateException(
                                folder + " is not a folder of an earlier run: name another one with --data.");
                    }
                }
            }
            Disk.release(folder.resolve("postgres"));
            try (var content = Files.walk(folder)) {
                content.sorted(Comparator.reverseOrder()).forEach(Folders::delete);
            }
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(MARK), "Made by ./points chaos, which may delete it.\n");
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
