package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.local.Clocks;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Stack;
import io.points.local.demo.LifetimeDemo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./points demo --lifetime}: a tenant from its first refill to its closing, in all four services. */
class LifetimeIT {

    @Test
    void endsWithEverythingAtZero(@TempDir Path data) {
        var clocks = new Clocks(data);
        var ports = Ports.free();
        try (var stack = new Stack(data, ports, Progress.SILENT, clocks)) {
            stack.start();
            assertEquals(List.of(), LifetimeDemo.tell(ports, clocks));
        }
    }
}
