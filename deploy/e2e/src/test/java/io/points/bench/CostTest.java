package io.points.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the parts of a system have used. */
class CostTest {

    private static final String WORK_IN_A_CHILD =
            "(i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done); echo done; read end";

    @Test
    void aChildThatHasEndedStillCounts() throws IOException {
        var process = new ProcessBuilder("sh", "-c", WORK_IN_A_CHILD).start();
        try (var said = process.inputReader()) {
            assertEquals("done", said.readLine());
            assertEquals(0, process.descendants().count());
            assertTrue(Cost.whole(process.toHandle()).compareTo(Duration.ofMillis(50)) > 0);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWasUsedSinceIsTheDifferenceAndTheLoadGeneratorIsNoPartOfTheSystem() {
        var then = new Cost(Map.of("postgres", Duration.ofMillis(100)));
        var now = new Cost(Map.of("postgres", Duration.ofMillis(400), "load generator", Duration.ofMillis(50)));

        assertEquals(Duration.ofMillis(300), now.since(then).system());
        assertEquals(3_000, now.since(then).micros(100).get("postgres"));
    }
}
