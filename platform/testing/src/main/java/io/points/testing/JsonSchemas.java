package io.points.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a document in the eyes of a JSON schema; formats count. */
public final class JsonSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private JsonSchemas() {}

    /** Against a file of {@code schemas}, draft 7. */
    public static Set<String> faults7(String file, JsonNode document) {
        return faults(VersionFlag.V7, schema(file), document);
    }

    /** Against a file of {@code schemas}, draft 2020-12. */
    public static Set<String> faults2020(String file, JsonNode document) {
        return faults(VersionFlag.V202012, schema(file), document);
    }

    /** Against one of the schemas that an API document has among its components. */
    public static Set<String> faults(JsonNode api, String schema, JsonNode value) {
        return new ApiSchemas(api).faults(reference(schema), value);
    }

    private static JsonNode reference(String schema) {
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private static Set<String> faults(VersionFlag version, JsonNode schema, JsonNode document) {
        return JsonSchemaFactory.getInstance(version).getSchema(schema, CONFIG).validate(document).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static JsonNode schema(String file) {
        try (var in = JsonSchemas.class.getResourceAsStream("/schemas/" + file)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every reference that points at nothing. */
    public static List<String> danglingReferences(JsonNode document) {
        return document.findValuesAsText("$ref").stream()
                .filter(it ->
                        !it.startsWith("#/") || document.at(it.substring(1)).isMissingNode())
                .toList();
    }
}
