package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder for a stack's data; what a start has made and never used is not left behind. */
final class NewFolder {
    private final Path folder;
    private final Path highestMade;

    private NewFolder(Path folder, Path highestMade) {
        this.folder = folder;
        this.highestMade = highestMade;
    }

    /**
     * Makes the folder, with those above it, where it is missing.
     *
     * @throws CannotStartException if it cannot be made or written
     */
    static NewFolder at(Path folder) {
        Path made = null;
        for (Path path = folder; path != null && !Files.exists(path); path = path.getParent()) {
            made = path;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The data cannot be kept in " + folder + " (" + Sentence.reason(e)
                            + "): give another folder with --data.",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw new CannotStartException("The data cannot be kept in " + folder
                    + ": this user may not write there. Give another folder with --data.");
        }
        return new NewFolder(folder, made);
    }

    /** Removes it if it was made here and no part of a stack has a folder in it. */
    void removeIfUnused() {
        if (highestMade == null) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.noneMatch(Files::isDirectory)) {
                Cache.delete(highestMade);
            }
        } catch (IOException e) {
            throw new CannotStartException(folder + " is left behind: " + Sentence.reason(e), e);
        }
    }
}
