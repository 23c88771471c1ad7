package io.points.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second stack off a data folder; the system lets go of it when the process dies. */
final class FolderLock implements AutoCloseable {
    static final String STARTING = "starting.lock";

    private static final String NAME = "stack.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        return take(folder, NAME, "is used by another stack already");
    }

    /** @param taken what is said of the folder if somebody else has the lock */
    static FolderLock take(Path folder, String name, String taken) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CannotStartException(
                        folder + " " + taken + ": " + Hint.command("down", folder) + " stops it.");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new CannotStartException(folder + " cannot be locked: " + Sentence.reason(e) + ".", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether a stack ever used the folder. */
    static boolean marks(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** Whether a stack ever used the folder, or somebody is about to start one on it. */
    static boolean anyIn(Path folder) {
        return marks(folder) || Files.exists(folder.resolve(STARTING));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
