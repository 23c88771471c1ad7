package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    Path place;

    private final AtomicInteger filled = new AtomicInteger();

    @Test
    void ofManyAtOnceOneFillsAndAllFindIt() {
        Runnable user = () -> {
            try {
                assertTrue(
                        Files.exists(Cache.folder(place, "program", this::fill).resolve("file")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Parallel.all(Collections.nCopies(8, user));
        assertEquals(1, filled.get());
    }

    @Test
    void aHalfFilledFolderIsThrownAway() throws IOException {
        assertThrows(
                IOException.class,
                () -> Cache.folder(place, "program", folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("power failure");
                }));
        Path folder = Cache.folder(place, "program", this::fill);
        assertFalse(Files.exists(folder.resolve("half")));
        assertTrue(Files.exists(folder.resolve("file")));
    }

    @Test
    void deletingRemovesLinksAndNotWhatTheyPointTo() throws IOException {
        Path outside = Files.createDirectories(place.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "");
        Path folder = Files.createDirectories(place.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), outside);

        Cache.delete(folder);

        assertFalse(Files.exists(folder));
        assertTrue(Files.exists(outside.resolve("kept")));
    }

    private void fill(Path folder) throws IOException {
        filled.incrementAndGet();
        Files.writeString(folder.resolve("file"), "");
    }
}
