package io.points.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of the bench, drawn. */
class ChartsTest {

    @TempDir
    Path folder;

    @Test
    void eachIsDrawnForLightAndDarkPagesTheSameWayEachTime() throws IOException {
        for (var name : List.of("one", "two")) {
            var charts = new Charts();
            charts.throughput("this", 1, 150);
            charts.throughput("this", 64, 1_100);
            charts.throughput("SQL alone (B1)", 1, 900);
            var sample = new Sample();
            charts.latency("W3, 100 awards/s", sample);
            charts.cost(
                    "W3, 100 awards/s",
                    new Measured(
                            sample,
                            Duration.ofSeconds(1),
                            new Cost(Map.of()),
                            new Cost(Map.of("postgres", Duration.ofMillis(20)))));
            charts.write(folder, name);
        }

        try (var files = Files.list(folder)) {
            var names = new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
            assertEquals(12, names.size(), names.toString());
        }
        for (var file : List.of("-throughput", "-throughput-dark", "-latency", "-processor-dark")) {
            assertEquals(
                    Files.readString(folder.resolve("one" + file + ".svg")),
                    Files.readString(folder.resolve("two" + file + ".svg")));
        }
        var light = Files.readString(folder.resolve("one-throughput.svg"));
        assertTrue(light.contains(">SQL alone (B1)<"), light);
        assertTrue(light.contains(">awards per second<"), light);
        assertFalse(light.equals(Files.readString(folder.resolve("one-throughput-dark.svg"))));
    }
}
