package io.points.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportWriter;
import io.points.audit.proof.SigningKey;
import io.points.audit.proof.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate("points-test");
    private final SealedLog log = new SealedLog(new UUID(1, 1), key, 9);
    private Path export;
    private Path keys;
    private Path note;

    /** What a run printed, and how it ended. */
    private record Run(int exit, String out, String err) {}

    @BeforeEach
    void saveFiles() throws IOException {
        export = save("export.ndjson", export(log.lines()));
        keys = save("keys", "\n" + key.verifier().text() + "\n");
        note = save("note", log.checkpoint(5).text());
    }

    @Test
    void aGoodExportEndsWithZero() {
        var run = verify("--key", keys, "--checkpoint", note, export);

        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out()
                .contains("ok   tenant " + log.tenant
                        + ": records 0 to 8; saved checkpoints that fit: 1, of 5 records\n"));
        assertTrue(run.out().contains("OK: 9 records of 1 tenants"), run.out());
        assertFalse(run.out().contains("NOTE"), run.out());
    }

    @Test
    void withoutACheckpointItSaysWhatThatIsWorth() {
        var run = verify("--key", keys, export);
        assertEquals(0, run.exit());
        assertTrue(run.out().contains("NOTE No checkpoint from outside was given"), run.out());
    }

    @Test
    void aBadExportEndsWithOneAndTheFirstBadIndex() throws IOException {
        var bad = save("bad", export(log.lines()).replace("\"amount\\\": 3", "\"amount\\\": 4"));
        var run = verify("--key", keys, "--checkpoint", note, bad);

        assertEquals(1, run.exit(), run.err());
        assertTrue(
                run.out().contains("BAD  tenant " + log.tenant + ": index 3: data is not what data_digest was made of"),
                run.out());
        assertTrue(run.out().contains("NOT OK: "), run.out());
    }

    @Test
    void aFileThatIsNoneEndsWithOne() throws IOException {
        var run = verify("--key", keys, save("none", "nothing"));
        assertEquals(1, run.exit(), run.err());
        assertTrue(run.out().startsWith("BAD  line 1: not JSON"), run.out());
    }

    @Test
    void theVerdictIsJsonOnRequest() throws IOException {
        var good = verify("--json", "--key", keys, export).out();
        assertTrue(good.contains("\"ok\" : true"), good);
        assertTrue(good.contains("\"warnings\" : [ \"No checkpoint"), good);
        var bad = verify("--json", "--key", keys, "--checkpoint", note, save("bad", export(log.lines(0, 4))))
                .out();
        assertTrue(bad.contains("\"ok\" : false"), bad);
        assertTrue(bad.contains("\"index\" : 4"), bad);
        assertTrue(bad.contains("\"warnings\" : [ ]"), bad);
        for (var text : List.of(good, bad)) {
            try (var json = new JsonFactory().createParser(text)) {
                while (json.nextToken() != null) {
                    assertTrue(json.currentTokenLocation().getByteOffset() <= text.length());
                }
            }
        }
    }

    @Test
    void checkpointsAreReadFromWhateverDocumentHoldsThem() throws IOException {
        var escaped = List.of(5, 7).stream()
                .map(size -> log.checkpoint(size).text().replace("\n", "\\n"))
                .toList();
        var page = "{\"items\": [{\"size\": 5, \"note\": \"%s\"}, {\"note\": \"%s\"}]}".formatted(escaped.toArray());
        var messages = "{\"note\": \"%s\"}\n{\"tree_size\": 7, \"note\": \"%s\"}\n".formatted(escaped.toArray());
        for (var document : List.of(page, messages)) {
            var run = verify("--key", keys, "--checkpoint", save("document", document), export);
            assertEquals(0, run.exit(), run.err());
            assertTrue(run.out().contains("saved checkpoints that fit: 2, of 5, 7 records\n"), run.out());
        }
    }

    @Test
    void tenantAndRangeAreFilters() throws IOException {
        var other = new SealedLog(new UUID(1, 2), key, 4);
        var lines = new ArrayList<>(log.lines());
        lines.addAll(other.lines());
        var both = save("both", export(lines).replace("\"amount\\\": 3", "\"amount\\\": 4"));

        assertEquals(1, verify("--key", keys, both).exit());
        assertEquals(1, verify("--key", keys, "--tenant", other.tenant, both).exit());
        assertEquals(1, verify("--key", keys, "--from", 3, both).exit());
        assertEquals(0, verify("--key", keys, "--from", 4, both).exit());
        assertEquals(0, verify("--key", keys, "--to", 3, both).exit());
        assertEquals(0, verify("--key", keys, "--tenant", new UUID(1, 3), both).exit());
    }

    @Test
    void whatCannotBeReadEndsWithTwo() throws IOException {
        var nothing = save("nothing", "");
        var gone = folder.resolve("gone");
        for (var run : List.of(
                verify(export),
                verify("--key", keys),
                verify("--key", gone, export),
                verify("--key", nothing, export),
                verify("--key", export, export),
                verify("--key", keys, gone),
                verify("--key", keys, folder),
                verify("--key", keys, "--checkpoint", gone, export),
                verify("--key", keys, "--checkpoint", nothing, export),
                verify("--key", keys, "--checkpoint", keys, export),
                verify("--key", keys, "--checkpoint", save("empty", "{}"), export),
                verify("--key", keys, "--checkpoint", save("half", "{\"note\": "), export),
                verify("--key", keys, "--tenant", "triton", export),
                verify("--key", keys, "--from", -1, export),
                verify("--key", keys, "--from", 4, "--to", 4, export))) {
            assertEquals(2, run.exit(), run.toString());
            assertFalse(run.err().isBlank());
            assertFalse(run.err().contains("\tat "), run.err());
        }
    }

    @Test
    void aNewKeySignsAndItsVerifierKeyIsPrinted() throws IOException {
        var file = folder.resolve("key.pem");
        var made = run("new-key", "points-2027", file);

        assertEquals(0, made.exit(), made.err());
        var verifier = VerifierKey.parse(made.out());
        assertEquals("points-2027", verifier.name());
        assertEquals(
                verifier.text(),
                SigningKey.of(Files.readString(file), List.of(verifier))
                        .verifier()
                        .text());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(2, run("new-key", "points-2027", file).exit());
        assertEquals(2, run("new-key", "two words", folder.resolve("other.pem")).exit());
    }

    private static String export(List<ExportLine> ofTenants) {
        var lines = new ArrayList<ExportLine>();
        lines.add(new ExportLine.Opening(ExportLine.FORMAT, "2026-11-25T00:00:00Z"));
        lines.addAll(ofTenants);
        lines.add(new ExportLine.End());
        return ExportWriter.write(lines);
    }

    private Path save(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Run verify(Object... arguments) {
        return run(Stream.concat(Stream.of("verify"), Stream.of(arguments)).toArray());
    }

    private static Run run(Object... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var before = System.out;
        var beforeErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, UTF_8));
            System.setErr(new PrintStream(err, true, UTF_8));
            int exit =
                    AuditCommand.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
            return new Run(exit, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
        }
    }
}
