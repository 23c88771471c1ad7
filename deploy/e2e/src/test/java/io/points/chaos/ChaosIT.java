package io.points.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short version of {@code ./points chaos}: six kills, each of another kind, and nearly every other sort of fault once. */
class ChaosIT {

    private static final long SEED = 1;
    private static final int KILLS = 6;
    private static final int AWARDS = 2_000;

    /** Fewer than usual: on two cores, more would only get in each other's way while something starts again. */
    private static final int CALLERS = 24;

    @Test
    void noPointIsLostOrMadeTwiceWhateverDies() throws IOException {
        var report = new ByteArrayOutputStream();
        int exit = Chaos.run(
                SEED,
                KILLS,
                AWARDS,
                CALLERS,
                Path.of("target", "chaos"),
                new PrintStream(report, true, StandardCharsets.UTF_8));
        var text = report.toString(StandardCharsets.UTF_8);
        System.out.println(text);
        assertEquals(0, exit, text);
    }
}
