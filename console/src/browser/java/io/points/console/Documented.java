package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        JsonNode document = DOCUMENTS.computeIfAbsent(service, Documented::document);
        String[] parts = route.split(" ");
        JsonNode answer = document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        // What several routes answer stands once in the document.
        JsonNode shared = document.at(answer.path("$ref").asText("#").substring(1));
        JsonNode schema = (answer.has("$ref") ? shared : answer)
                .path("content")
                .path(status < 300 ? "application/json" : "application/problem+json")
                .path("schema");
        assertEquals(false, schema.isMissingNode(), route + " has no documented answer with " + status);
        // One schema that knows all the others.
        var whole = JSON.createObjectNode();
        whole.setAll((com.fasterxml.jackson.databind.node.ObjectNode) schema.deepCopy());
        whole.set("components", document.path("components"));
        try {
            // What a page does not read need not be there.
            List<?> faults = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(whole)
                    .validate(JSON.readTree(json)).stream()
                    .filter(fault -> !fault.getType().equals("required"))
                    .toList();
            assertEquals(List.of(), faults, route + " would not be answered so");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
        return json;
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
