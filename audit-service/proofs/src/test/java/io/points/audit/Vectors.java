package io.points.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.points.audit.proof.Note;
import io.points.audit.proof.TreeHasher;
import io.points.audit.proof.VerifierKey;
import io.points.audit.verify.Scope;
import io.points.audit.verify.Verdict;
import io.points.audit.verify.Verification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this verifier says of the cases of its tests, in files: verifiers in other languages have to say the same. With {@code
 * -Dpoints.vectors.update=true} a run of all tests of the module writes the files anew.
 */
public final class Vectors {

    /** Of all exports, each once; cases name them by the beginning of their SHA-256. */
    private static final String LINES = "lines.txt";

    private static final Path FOLDER = Path.of("src/test/vectors");
    private static final boolean UPDATE = Boolean.getBoolean("points.vectors.update");
    private static final int DIGITS = 12;

    private static final Map<String, Set<String>> FILES = new ConcurrentHashMap<>();

    private Vectors() {}

    /** What the verifier says of an export. */
    public static Verdict verify(String export, List<Note> saved, List<VerifierKey> keys, Scope scope)
            throws IOException {
        var verdict = new Verification(saved, keys, scope).verify(new ByteArrayInputStream(export.getBytes(UTF_8)));
        if (scope.tenant() == null) {
            for (var line : export.split("\n", -1)) {
                keep(LINES, line);
            }
            keep("verdicts.ndjson", text(json -> {
                texts(
                        json,
                        "export",
                        Arrays.stream(export.split("\n", -1)).map(Vectors::id).toList());
                texts(json, "keys", keys.stream().map(VerifierKey::text).toList());
                texts(json, "checkpoints", saved.stream().map(Note::text).toList());
                json.writeNumberField("from", scope.from());
                number(json, "to", scope.to());
                write(json, verdict);
            }));
        }
        return verdict;
    }

    /**
     * Who has signed a note.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Optional<VerifierKey> signer(String note, Collection<VerifierKey> keys) {
        Optional<VerifierKey> signer = Optional.empty();
        boolean isNote = false;
        try {
            signer = Note.parse(note).signer(keys);
            isNote = true;
            return signer;
        } finally {
            note(note, keys, isNote, signer);
        }
    }

    private static void note(String note, Collection<VerifierKey> keys, boolean isNote, Optional<VerifierKey> signer) {
        keep("notes.ndjson", text(json -> {
            json.writeStringField("note", note);
            texts(json, "keys", keys.stream().map(VerifierKey::text).toList());
            json.writeBooleanField("is_note", isNote);
            json.writeStringField("signer", signer.map(VerifierKey::text).orElse(null));
        }));
    }

    /**
     * Reads a verifier key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static VerifierKey key(String text) {
        boolean isKey = false;
        try {
            var key = VerifierKey.parse(text);
            isKey = true;
            return key;
        } finally {
            boolean good = isKey;
            keep("keys.ndjson", text(json -> {
                json.writeStringField("key", text);
                json.writeBooleanField("is_key", good);
            }));
        }
    }

    /**
     * A proof about a tree, and whether it is one.
     *
     * @param kind {@code inclusion}: of a leaf, by its index and hash, in a tree; {@code consistency}: of a tree, by its size and root, and
     *     a larger one
     */
    public static void proof(
            String kind, long first, byte[] hash, long size, byte[] root, List<byte[]> path, boolean proves) {
        keep("proofs.ndjson", text(json -> {
            json.writeStringField("kind", kind);
            json.writeNumberField("first", first);
            json.writeStringField("hash", hex(hash));
            json.writeNumberField("size", size);
            json.writeStringField("root", hex(root));
            texts(json, "path", path.stream().map(Vectors::hex).toList());
            json.writeBooleanField("proves", proves);
        }));
    }

    /**
     * A record as audit-service answers it, and the proof that it is in its tenant's tree.
     *
     * @param record the answer's text, the event's content as it stood on the topic
     */
    public static void record(
            String record, long index, byte[] leafHash, Note note, List<byte[]> path, VerifierKey key) {
        keep("records.ndjson", text(json -> {
            json.writeStringField("record", record);
            json.writeObjectFieldStart("proof");
            json.writeStringField("tenant_id", note.checkpoint().tenantId().toString());
            json.writeNumberField("leaf_index", index);
            json.writeStringField("leaf_hash", base64(leafHash));
            json.writeNumberField("tree_size", note.checkpoint().size());
            json.writeStringField("root_hash", base64(note.checkpoint().root()));
            texts(json, "path", path.stream().map(Vectors::base64).toList());
            json.writeStringField("note", note.text());
            json.writeEndObject();
            json.writeStringField("key", key.text());
        }));
    }

    private static String base64(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    private static String id(String line) {
        return hex(new TreeHasher().digest(line.getBytes(UTF_8))).substring(0, DIGITS);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void write(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeObjectFieldStart("verdict");
        json.writeArrayFieldStart("tenants");
        for (var tenant : verdict.tenants()) {
            json.writeStartObject();
            json.writeStringField("tenantId", tenant.tenantId().toString());
            json.writeNumberField("fromIndex", tenant.fromIndex());
            json.writeNumberField("size", tenant.size());
            numbers(json, "checked", tenant.checked());
            numbers(json, "uncovered", tenant.uncovered());
            var fault = tenant.fault();
            if (fault == null) {
                json.writeNullField("fault");
            } else {
                json.writeObjectFieldStart("fault");
                json.writeNumberField("index", fault.index());
                json.writeStringField("why", fault.why());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "faults", verdict.faults());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Long> numbers) throws IOException {
        json.writeArrayFieldStart(name);
        for (var number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number) throws IOException {
        if (number == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, number);
        }
    }

    /** The members of an object. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static String text(Members members) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Text could not be written to memory", e);
        }
        return text.toString();
    }

    private static void keep(String file, String line) {
        var lines = FILES.computeIfAbsent(file, Vectors::kept);
        if (!UPDATE) {
            assertTrue(
                    lines.contains(line), () -> file + " has no such case; see Vectors for how to write it: " + line);
        } else if (lines.add(line)) {
            try {
                Files.createDirectories(FOLDER);
                Files.writeString(FOLDER.resolve(file), String.join("\n", lines) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Set<String> kept(String file) {
        try {
            return new LinkedHashSet<>(UPDATE ? List.of() : Files.readAllLines(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
