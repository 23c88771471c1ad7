package io.points.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Folders that are made once per machine and used by every stack: unpacked programs. */
final class Cache {
    private static final String COMPLETE = ".complete";

    private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private Cache() {}

    /** What fills an empty folder. */
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    /**
     * The folder of that name under {@code .points/cache}, filled if it isn't yet. A half-filled one of an earlier attempt is
     * thrown away; of several users at once one fills, the others wait.
     */
    static Path folder(String name, Filler filler) throws IOException {
        return folder(place(), name, filler);
    }

    static boolean has(String name) {
        return Files.exists(place().resolve(name).resolve(COMPLETE));
    }

    private static Path place() {
        return Repository.state().resolve("cache");
    }

    static Path folder(Path cache, String name, Filler filler) throws IOException {
        Path folder = cache.resolve(name);
        Path complete = folder.resolve(COMPLETE);
        if (Files.exists(complete)) {
            return folder;
        }
        // A file lock keeps other processes out, the monitor other threads of this one.
        synchronized (MONITORS.computeIfAbsent(folder, any -> new Object())) {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(complete)) {
                    delete(folder);
                    Files.createDirectories(folder);
                    filler.fill(folder);
                    Files.createFile(complete);
                }
            }
        }
        return folder;
    }

    /** Removes a folder with all that is in it; links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
