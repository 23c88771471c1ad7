package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI documents of all services; that they say what the services say is tested with each of these. */
class ApiDocumentsTest {

    private static final String SCHEMA = "openapi-3.1.json";
    private static final Pattern ROUTE = Pattern.compile("(GET|POST|PUT|DELETE|PATCH) (/api/[^\\s?`:]+)");

    private final Map<String, JsonNode> documents = new TreeMap<>();

    ApiDocumentsTest() {
        for (var service : Service.values()) {
            var name = service.module().replace("-service", "");
            documents.put(name, new ContractFile("openapi/" + name + ".yaml").read());
        }
    }

    @Test
    void eachDocumentIsOpenApi31() {
        documents.forEach((service, document) -> {
            assertEquals(Set.of(), JsonSchemas.faults2020(SCHEMA, document), service);
            assertEquals(List.of(), JsonSchemas.danglingReferences(document), service);
            var broken = ((ObjectNode) document.deepCopy()).put("paths", 7);
            assertNotEquals(Set.of(), JsonSchemas.faults2020(SCHEMA, broken), service);
        });
    }

    @Test
    void eachRouteSaysWhatItIsWhoMayCallItAndHowItRefuses() {
        documents.forEach((service, document) -> {
            var ids = new HashSet<String>();
            for (var path : document.path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    var route = service + ": " + method.getKey() + " " + path.getKey();
                    var operation = method.getValue();
                    assertFalse(operation.path("summary").asText().isBlank(), route + " has no summary");
                    assertTrue(
                            ids.add(operation.path("operationId").asText()), route + " has another one's operationId");
                    assertFalse(operation.path("security").isEmpty(), route + " is open to everybody");
                    assertTrue(operation.path("responses").has("default"), route + " does not say how it refuses");
                    var waits = operation
                            .path("parameters")
                            .findValuesAsText("name")
                            .contains("Prefer");
                    assertEquals(waits, operation.path("responses").has("202"), route + " answers 202 if it can wait");
                }
            }
            assertFalse(ids.isEmpty(), service + " has no routes");
        });
    }

    /** The table of {@code docs/api.md}: its first column names the service, until it names another one. */
    @Test
    void theTableOfRoutesHasThoseOfTheDocuments() throws IOException {
        var inTheTable = new TreeMap<String, Set<String>>();
        var service = "";
        for (var line : Files.readAllLines(Path.of("..", "docs", "api.md"))) {
            var columns = line.split("\\|");
            if (!line.startsWith("|") || columns.length < 3) {
                continue;
            }
            if (!columns[1].isBlank()) {
                service = columns[1].strip();
            }
            var found = ROUTE.matcher(line);
            while (found.find()) {
                inTheTable.computeIfAbsent(service, key -> new TreeSet<>()).add(found.group(1) + " " + found.group(2));
            }
        }
        var inTheDocuments = new TreeMap<String, Set<String>>();
        documents.forEach((name, document) -> document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> inTheDocuments
                        .computeIfAbsent(name, key -> new TreeSet<>())
                        .add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()))));
        assertEquals(inTheDocuments, inTheTable);
    }
}
