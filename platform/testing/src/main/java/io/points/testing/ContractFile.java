package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A document in {@code docs} that says what the code says. Where both differ the test fails, and names each place; with
 * {@code -Dpoints.contracts.update=true} the document is written anew instead.
 */
public final class ContractFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    private static final int MOST_NAMED = 40;

    private final Path file;

    /** @param name below {@code docs}; the tests of every module run in a folder beside it */
    public ContractFile(String name) {
        file = Checkout.file("docs").resolve(name);
    }

    /** What the file says. */
    public JsonNode read() {
        try {
            return Files.exists(file) ? YAML.readTree(file.toFile()) : JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the file says anything else than this; or makes it say so. */
    public void assertSays(JsonNode fromTheCode) {
        if (Boolean.getBoolean("points.contracts.update")) {
            write(fromTheCode);
        }
        var differences = differences(read(), written(fromTheCode));
        assertTrue(
                differences.isEmpty(),
                () ->
                        "%s differs from the code in %s places.\nIf the code is right: ./points contracts, and commit what it writes.\n%s"
                                .formatted(
                                        file.normalize(),
                                        differences.size(),
                                        String.join(
                                                "\n",
                                                differences.subList(0, Math.min(MOST_NAMED, differences.size())))));
    }

    private void write(JsonNode document) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, YAML.writeValueAsString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it would be read from the file, so that numbers have the types that YAML gives them. */
    private static JsonNode written(JsonNode document) {
        try {
            return YAML.readTree(YAML.writeValueAsString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each leaf that only one side has, or that both have with other values, by its path. */
    static List<String> differences(JsonNode inTheFile, JsonNode inTheCode) {
        var file = new TreeMap<String, String>();
        var code = new TreeMap<String, String>();
        leaves("", inTheFile, file);
        leaves("", inTheCode, code);
        var paths = new TreeSet<>(file.keySet());
        paths.addAll(code.keySet());
        var differences = new ArrayList<String>();
        for (var path : paths) {
            var said = file.get(path);
            var is = code.get(path);
            if (said == null) {
                differences.add(path + " is missing in the file: " + is);
            } else if (is == null) {
                differences.add(path + " is not in the code: " + said);
            } else if (!said.equals(is)) {
                differences.add(path + ": the file says " + said + ", the code " + is);
            }
        }
        return differences;
    }

    private static void leaves(String path, JsonNode node, TreeMap<String, String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(it -> leaves(path + "/" + it.getKey(), it.getValue(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(path + "/" + i, node.get(i), leaves);
            }
        } else {
            leaves.put(path, node.toString());
        }
    }
}
