package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * JavaScript, jq and many others read a number as a double: beyond 2^53 they lose digits without a word. So every amount of
 * money in an answer that has no bound below that is there as a text too.
 */
class DocumentedNumbersTest {

    private static final Path DOCUMENTS = Checkout.file("docs/openapi");
    private static final long LARGEST = (1L << 53) - 1;
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void whatMayBeBeyondFiftyThreeBitsIsATextToo() throws IOException {
        var bare = new TreeSet<String>();
        try (var files = Files.list(DOCUMENTS)) {
            for (var file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
                var schemas = YAML.readTree(file.toFile()).at("/components/schemas");
                schemas.properties().forEach(schema -> bare(schema.getValue().path("properties"))
                        .forEach(field -> bare.add(file.getFileName() + " " + schema.getKey() + "." + field)));
            }
        }
        assertEquals(new TreeSet<String>(), bare);
    }

    @Test
    void aNumberWithoutABoundOrATextIsSeen() throws IOException {
        assertEquals(List.of("total_minor"), bare(YAML.readTree("{total_minor: {type: integer}}")));
        assertEquals(
                List.of("total_minor"),
                bare(YAML.readTree("{total_minor: {type: integer}, total: {type: integer, format: int32}}")));
        assertEquals(List.of(), bare(YAML.readTree("{total_minor: {type: integer}, total: {type: string}}")));
        assertEquals(List.of(), bare(YAML.readTree("{sum: {type: integer, format: int64}, sum_text: {type: string}}")));
        assertEquals(List.of(), bare(YAML.readTree("{sum: {type: integer, maximum: " + LARGEST + "}}")));
        assertEquals(
                List.of("sum"),
                bare(YAML.readTree("{sum: {type: [integer, 'null'], maximum: " + (LARGEST + 1) + "}}")));
        assertTrue(bare(YAML.readTree("{line: {type: integer, format: int32}}")).isEmpty());
    }

    private static List<String> bare(JsonNode properties) {
        var bare = new ArrayList<String>();
        properties.properties().forEach(field -> {
            var schema = field.getValue();
            if (is("integer", schema)
                    && !"int32".equals(schema.path("format").asText())
                    && !(schema.has("maximum") && schema.path("maximum").asLong() <= LARGEST)
                    && !isText(properties.path(field.getKey() + "_text"))
                    && !(field.getKey().endsWith("_minor")
                            && isText(properties.path(field.getKey().replaceFirst("_minor$", ""))))) {
                bare.add(field.getKey());
            }
        });
        return bare;
    }

    private static boolean isText(JsonNode schema) {
        return is("string", schema);
    }

    /** Of the type, or null. */
    private static boolean is(String type, JsonNode schema) {
        var said = schema.path("type");
        return type.equals(said.asText()) || said.isArray() && said.toString().contains('"' + type + '"');
    }
}
