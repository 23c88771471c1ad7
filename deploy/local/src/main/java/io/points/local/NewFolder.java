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

    /**
     * Keeps a stack out of a folder in which something else is, since a reset deletes the whole of it.
     *
     * @throws CannotStartException which says so
     */
    static void requireOurs(Path folder) {
        if (Files.isDirectory(folder) && !FolderLock.anyIn(folder) && !isEmpty(folder)) {
            throw new CannotStartException(
                    "The data cannot be kept in " + folder
                            + ", since something else is in it, which a reset would delete: give an empty or a new folder with --data.");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new CannotStartException(folder + " cannot be read: " + Sentence.reason(e) + ".", e);
        }
    }

    /**
     * Removes it if it was made here and no part of a stack has a folder in it, and those above it that were made here, unless
     * somebody has put something there since.
     */
    synchronized void removeIfUnused() {
        if (highestMade == null || !Files.exists(folder)) {
            return;
        }
        try {
            if (isUnused()) {
                Cache.delete(folder);
                removeEmptyAbove();
            }
        } catch (IOException e) {
            throw new CannotStartException(folder + " is left behind: " + Sentence.reason(e), e);
        }
    }

    private boolean isUnused() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.noneMatch(Files::isDirectory);
        }
    }

    private void removeEmptyAbove() throws IOException {
        for (Path above = folder; !above.equals(highestMade) && isEmpty(above.getParent()); ) {
            above = above.getParent();
            Files.delete(above);
        }
    }
}
