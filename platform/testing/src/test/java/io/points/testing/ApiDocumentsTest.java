package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.Service;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI documents of all services; that they say what the services say is tested with each of these. */
class ApiDocumentsTest {

    /** What is done at once, unless somebody else has to agree first. */
    private static final Set<String> MAY_TAKE_TWO = Set.of("allocatePoints", "clawBackPoints");

    private static final String SCHEMA = "openapi-3.1.json";
    private static final Pattern ROUTE = Pattern.compile("(GET|POST|PUT|DELETE|PATCH) (/api/[^\\s?`:]+)");

    private static final Pattern OPERATION = Pattern.compile("[a-z]+([A-Z][a-z]+)+");
    private static final Pattern SCHEMA_NAME = Pattern.compile("([A-Z][a-z]+[0-9]*)+");
    private static final Pattern JAVAS_NAME = Pattern.compile("^Page[A-Z]|View|[0-9]$|UUID|Instant|Model");

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
        var ids = new HashSet<String>();
        documents.forEach((service, document) -> {
            for (var path : document.path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    var route = service + ": " + method.getKey() + " " + path.getKey();
                    var operation = method.getValue();
                    assertFalse(operation.path("summary").asText().isBlank(), route + " has no summary");
                    var id = operation.path("operationId").asText();
                    assertTrue(OPERATION.matcher(id).matches(), route + " has the operationId " + id);
                    assertTrue(ids.add(id), route + " has another one's operationId");
                    assertFalse(operation.path("security").isEmpty(), route + " is open to everybody");
                    for (var alternative : operation.path("security")) {
                        assertEquals(1, alternative.path("token").size(), route + " asks for several roles at once");
                    }
                    assertTrue(operation.path("responses").has("default"), route + " does not say how it refuses");
                    var waits = operation
                            .path("parameters")
                            .findValuesAsText("name")
                            .contains("Prefer");
                    var responses = operation.path("responses");
                    var onlyBegins = !responses.has("200") && !responses.has("201");
                    assertEquals(
                            waits || onlyBegins || MAY_TAKE_TWO.contains(id),
                            responses.has("202"),
                            route + " answers 202 if it can wait, never waits for the end, or may need another person");
                }
            }
            assertFalse(ids.isEmpty(), service + " has no routes");
        });
    }

    @Test
    void whatMayBeNullIsNotForbiddenByItsWords() {
        documents.forEach((service, document) -> document.findParents("enum").forEach(schema -> {
            var types = schema.path("type").toString();
            var words = schema.path("enum").toString();
            assertTrue(
                    !types.contains("\"null\"") || words.contains("null"),
                    service + " says null and forbids it: " + schema);
        }));
    }

    /** Whoever joins the documents has one class for one name. */
    @Test
    void aNameMeansTheSameInEveryDocument() {
        var known = new TreeMap<String, JsonNode>();
        documents.forEach((service, document) -> document.at("/components/schemas")
                .properties()
                .forEach(schema -> assertEquals(
                        known.computeIfAbsent(schema.getKey(), name -> schema.getValue()),
                        schema.getValue(),
                        service + ": " + schema.getKey() + " is another one elsewhere")));
        assertFalse(known.isEmpty());
    }

    @Test
    void schemasAreNounsOfTheDomain() {
        documents.forEach((service, document) -> document.at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertTrue(
                        SCHEMA_NAME.matcher(name).matches()
                                && !JAVAS_NAME.matcher(name).find(),
                        service + ": " + name + " is a name of Java's")));
    }

    @Test
    void eachFieldAndParameterIsSaidInWords() {
        documents.forEach((service, document) -> {
            document.at("/components/schemas").properties().forEach(schema -> schema.getValue()
                    .path("properties")
                    .properties()
                    .forEach(field -> assertFalse(
                            field.getValue().path("description").asText().isBlank(),
                            service + ": " + schema.getKey() + "." + field.getKey() + " has no description")));
            document.path("paths")
                    .findValues("parameters")
                    .forEach(parameters -> parameters.forEach(parameter -> assertFalse(
                            parameter.path("description").asText().isBlank(),
                            service + ": " + parameter.path("name") + " has no description")));
        });
    }

    @Test
    void eachBodyHasAnExampleThatItsSchemaAllows() {
        documents.forEach((service, document) -> {
            var schemas = new ApiSchemas(document);
            document.path("paths").findValues("requestBody").forEach(body -> body.path("content")
                    .forEach(media -> assertEquals(
                            Set.of(),
                            schemas.faults(media.path("schema"), media.path("example")),
                            () -> service + ": " + media)));
        });
    }

    @Test
    void noExampleIsGivenInVain() throws IOException {
        var schemas = new HashSet<String>();
        documents.values().forEach(document -> document.path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> operation
                        .at("/requestBody/content")
                        .forEach(media -> {
                            var reference = media.at("/schema/$ref").asText();
                            schemas.add(
                                    reference.isEmpty()
                                            ? operation.path("operationId").asText()
                                            : reference.substring(reference.lastIndexOf('/') + 1));
                        }))));
        assertEquals(schemas, properties("examples.properties").stringPropertyNames());
    }

    /** What the glossary says, some document says. */
    @Test
    void theGlossarySaysNothingInVain() throws IOException {
        var said = new HashSet<String>();
        documents.values().forEach(document -> document.findParents("description")
                .forEach(parent -> said.add(parent.path("description").asText())));
        documents.values().forEach(document -> document.findValues("properties")
                .forEach(fields -> fields.forEach(
                        field -> said.add(field.path("description").asText()))));
        var glossary = properties("glossary.properties");
        glossary.forEach((name, sentence) -> assertTrue(said.contains(sentence), name + " is said nowhere"));
    }

    private static Properties properties(String file) throws IOException {
        var properties = new Properties();
        try (var in = ApiDocumentsTest.class.getResourceAsStream("/io/points/platform/web/openapi/" + file)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }

    @Test
    void theServerIsWhereTheDocumentComesFrom() {
        documents.forEach((service, document) ->
                assertEquals("/", document.at("/servers/0/url").asText(), service));
    }

    /** JSON Schema looks for a pattern anywhere in a text. */
    @Test
    void patternsAreForTheWholeText() {
        documents.forEach((service, document) -> document.findValuesAsText("pattern")
                .forEach(pattern -> assertTrue(pattern.startsWith("^"), service + ": " + pattern)));
    }

    @Test
    void eachWholeNumberSaysHowLargeItMayBe() {
        documents.forEach((service, document) -> {
            for (var parent : document.findParents("type")) {
                if (parent.path("type").toString().contains("\"integer\"")) {
                    assertTrue(
                            Set.of("int32", "int64")
                                    .contains(parent.path("format").asText()),
                            service + ": " + parent);
                }
            }
        });
    }

    /** The table of {@code docs/api.md}: its first column names the service, until it names another one. */
    @Test
    void theTableOfRoutesHasThoseOfTheDocuments() throws IOException {
        var inTheTable = new TreeMap<String, Set<String>>();
        var service = "";
        for (var line : Files.readAllLines(Checkout.file("docs/api.md"))) {
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
