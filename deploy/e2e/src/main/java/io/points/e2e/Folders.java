package io.points.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder of a run. */
public final class Folders {

    private static final String MARK = "points-run";

    private Folders() {}

    /**
     * Makes the folder, or empties it if an earlier run has made it.
     *
     * @throws IllegalStateException if something else is in it
     */
    public static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            if (!Files.exists(folder.resolve(MARK))) {
                try (var content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new IllegalStateException(
                                folder + " is not a folder of an earlier run: name another one with --data.");
                    }
                }
            }
            try (var content = Files.walk(folder)) {
                content.sorted(Comparator.reverseOrder()).forEach(Folders::delete);
            }
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(MARK), "Made by ./points, which may delete it.\n");
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
