package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;

/** Answers of the services as their documents have them: one that a service would not give is of no use in a test. */
final class Documented {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> DOCUMENTS = new ConcurrentHashMap<>();

    private Documented() {}

    /**
     * Checks an answer, and gives it back.
     *
     * @param service the name of its document
     * @param route method and path, as in the document
     */
    static String answer(String service, String route, int status, String json) {
        JsonNode document = of(service);
        String[] parts = route.split(" ");
        JsonNode answer = document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        JsonNode schema = resolved(document, answer)
                .path("content")
                .path(status < 300 ? "application/json" : "application/problem+json")
                .path("schema");
        assertEquals(false, schema.isMissingNode(), route + " has no documented answer with " + status);
        try {
            // What a page does not read need not be there.
            List<ValidationMessage> faults = faults(document, schema, JSON.readTree(json)).stream()
                    .filter(fault -> !fault.getType().equals("required"))
                    .toList();
            assertEquals(List.of(), faults, route + " would not be answered so");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
        return json;
    }

    /** The document of a service. */
    static JsonNode of(String service) {
        return DOCUMENTS.computeIfAbsent(service, Documented::document);
    }

    /** What a schema of a document finds wrong. */
    static Set<ValidationMessage> faults(JsonNode document, JsonNode schema, JsonNode value) {
        // One schema that knows all the others.
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole)
                .validate(value);
    }

    /** What stands here, or in the place that it refers to. */
    static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static JsonNode document(String service) {
        try {
            Object yaml = new Yaml().load(Files.readString(Path.of("../docs/openapi", service + ".yaml")));
            return JSON.valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
