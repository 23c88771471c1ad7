package io.points.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The cases with which audit-service's verifier is tested, and what it says of each. */
final class Vectors {
    private static final Path FOLDER = Path.of("../audit-service/proofs/src/test/vectors");
    private static final int DIGITS = 12;

    private Vectors() {}

    static List<JsonObject> cases(String file) {
        return lines(file).stream().map(JsonObject::new).toList();
    }

    /** Each with its export as a text. */
    static List<JsonObject> exports() {
        Map<String, String> lines = new HashMap<>();
        lines("lines.txt").forEach(line -> lines.put(id(line), line));
        return cases("verdicts.ndjson").stream()
                .map(it -> it.copy().put("export", export(it.getJsonArray("export"), lines)))
                .toList();
    }

    /** The first export of which the verifier says that. */
    static JsonObject export(String said) {
        return exports().stream()
                .filter(it -> it.getJsonObject("verdict").encode().contains(said))
                .findFirst()
                .orElseThrow();
    }

    private static String export(JsonArray ids, Map<String, String> lines) {
        return ids.stream().map(lines::get).collect(Collectors.joining("\n"));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(String line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks SHA-256", e);
        }
    }
}
