package io.points.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool by itself, as far as it gets without a broker; DlqCommandTest of deploy/local goes on with one. */
class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(usualOut);
        System.setErr(usualErr);
    }

    @Test
    void itTellsItsCommandsAndNothingOfAStack() {
        assertEquals(0, Main.run());
        assertTrue(text(out).startsWith("Usage: points-dlq "), text(out));
        for (String command : new String[] {"list", "show", "replay", "skip"}) {
            out.reset();
            assertEquals(0, Main.run(command, "--help"));
            assertTrue(text(out).startsWith("Usage: points-dlq " + command + " "), text(out));
            assertTrue(text(out).contains("--kafka=FILE"), text(out));
            assertFalse(text(out).contains("./points") || text(out).contains("--data"), text(out));
        }
    }

    @Test
    void itHasToBeToldWhichKafka() {
        assertEquals(2, Main.run("list"));
        assertTrue(text(err).startsWith("Missing required option: '--kafka=FILE'"), text(err));
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(1, Main.run("list", "--kafka", missing.toString()));
        assertEquals(
                "The settings of Kafka cannot be read: " + missing + ": there is no such file or folder.\n", text(err));

        err.reset();
        Path noAddress = Files.writeString(folder.resolve("client.properties"), "security.protocol=PLAINTEXT\n");
        assertEquals(1, Main.run("list", "--kafka", noAddress.toString()));
        assertEquals(noAddress + " does not say where Kafka is: bootstrap.servers is missing.\n", text(err));

        err.reset();
        Path silent = Files.writeString(
                folder.resolve("silent.properties"),
                "bootstrap.servers=127.0.0.1:1\ndefault.api.timeout.ms=500\nrequest.timeout.ms=300\n");
        assertEquals(1, Main.run("list", "--kafka", silent.toString()));
        assertTrue(text(err).startsWith("Kafka at 127.0.0.1:1 did not do it ("), text(err));
        assertEquals(1, text(err).lines().count(), text(err));

        err.reset();
        assertEquals(1, Main.run("show", "nonsense", "--kafka", silent.toString()));
        assertEquals("There is no queue nonsense; points-dlq list shows those there are.\n", text(err));
        assertEquals("", text(out));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(UTF_8);
    }
}
