package io.points.platform.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockFileTest {

    @TempDir
    Path folder;

    private int writes;

    @AfterEach
    void followNothing() {
        BusinessTime.follow(null);
    }

    @Test
    void withoutAFileItIsTheSystemsTimeInMicroseconds() {
        var before = Instant.now().minusNanos(1_000);
        var now = BusinessTime.now();
        assertFalse(now.isBefore(before));
        assertFalse(now.isAfter(Instant.now()));
        assertEquals(0, now.getNano() % 1_000);
    }

    @Test
    void isAheadByWhatTheFileSaysAndMovesWithIt() throws IOException {
        var file = write("PT48H\n");
        BusinessTime.follow(new ClockFile(file));
        assertAhead(Duration.ofHours(48));
        write("P40D");
        assertAhead(Duration.ofDays(40));
    }

    @Test
    void doesNotGoBack() throws IOException {
        var clock = new ClockFile(write("P2D"));
        write("P1D");
        assertEquals(Duration.ofDays(2), clock.ahead());
        write("P3D");
        assertEquals(Duration.ofDays(3), clock.ahead());
    }

    @Test
    void staysWhereItWasWhenTheFileIsGoneOrNonsense() throws IOException {
        var clock = new ClockFile(write("P2D"));
        write("two days");
        assertEquals(Duration.ofDays(2), clock.ahead());
        Files.delete(folder.resolve("clock"));
        assertEquals(Duration.ofDays(2), clock.ahead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "-P1D", "2026-02-01T00:00:00Z"})
    void nonsenseKeepsAServiceFromStarting(String text) throws IOException {
        var file = write(text);
        var refused = assertThrows(IllegalArgumentException.class, () -> new ClockFile(file));
        assertTrue(refused.getMessage().startsWith("points.clock.file: "), refused.getMessage());
    }

    @Test
    void soDoesAMissingFile() {
        var missing = folder.resolve("missing");
        var refused = assertThrows(IllegalArgumentException.class, () -> new ClockFile(missing));
        assertEquals("points.clock.file: " + missing + " is missing", refused.getMessage());
    }

    private static void assertAhead(Duration ahead) {
        var before = Instant.now().plus(ahead).minusNanos(1_000);
        var now = BusinessTime.now();
        assertFalse(now.isBefore(before));
        assertFalse(now.isAfter(Instant.now().plus(ahead)));
    }

    /** Each with a time of its own, however quickly they follow each other. */
    private Path write(String text) throws IOException {
        var file = Files.writeString(folder.resolve("clock"), text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + writes++)));
    }
}
