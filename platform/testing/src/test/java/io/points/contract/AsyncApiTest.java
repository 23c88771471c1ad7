package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.Service;
import io.points.local.Topics;
import io.points.testing.Checkout;
import io.points.testing.ContractFile;
import io.points.testing.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} says what the code says; and what both say is so, by other ways than those that made it. */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD_LIKE =
            Pattern.compile("\\b[a-z]+(_[a-z0-9]+)+\\b|\\b[a-z]+([A-Z][a-z0-9]*)+\\b");

    /** Kinds of alerts, which may become more, and a header of replayed records. */
    private static final Set<String> VALUES = Set.of(
            "pool_low",
            "pool_empty",
            "refill_refused",
            "budget_exceeded",
            "large_clawback",
            "refused_calls",
            "spend_limit",
            "dlq_letter");

    private final ContractFile file = new ContractFile("asyncapi.yaml");
    private JsonNode document;

    @BeforeEach
    void read() {
        // First, so that a refresh is what the other tests look at.
        file.assertSays(new AsyncApi().document());
        document = file.read();
    }

    @Test
    void theDocumentIsAsyncApi3() {
        assertEquals(Set.of(), JsonSchemas.faults7("asyncapi-3.0.0.json", document));
        assertEquals(List.of(), JsonSchemas.danglingReferences(document));
        var broken = ((ObjectNode) document.deepCopy()).put("channels", 7);
        assertNotEquals(Set.of(), JsonSchemas.faults7("asyncapi-3.0.0.json", broken));
    }

    @Test
    void itsChannelsAreTheTopics() {
        assertEquals(new TreeSet<>(Topics.all()), names(document.path("channels")));
        for (var channel : document.path("channels").properties()) {
            assertEquals(channel.getKey(), channel.getValue().path("address").asText());
            assertFalse(channel.getValue().path("messages").isEmpty(), channel.getKey() + " has no messages");
        }
    }

    @Test
    void everyMessageStandsOnItsTopic() {
        var onTopics = new TreeSet<String>();
        GoldenMessages.byTopic().forEach((topic, types) -> {
            assertEquals(types, names(document.path("channels").path(topic).path("messages")), topic);
            onTopics.addAll(types);
        });
        assertEquals(MessageJson.types().keySet(), onTopics);
        onTopics.add("DeadLetter");
        assertEquals(onTopics, names(document.at("/components/messages")));
    }

    /** What may be absent or null in the schema is what a reader takes so; of old messages it takes what a new one always has. */
    @Test
    void theSchemasTakeWhatTheCodeTakes() throws IOException {
        for (var type : MessageJson.types().keySet()) {
            var golden = (ObjectNode) JSON.readTree(GoldenMessages.json(type));
            assertEquals(Set.of(), JsonSchemas.faults(document, type, golden), type);
            assertEquals(names(golden), names(document.at("/components/schemas/" + type + "/properties")), type);
            for (var field : names(golden)) {
                var where = type + "." + field;
                var absent = golden.deepCopy().without(field);
                var empty = golden.deepCopy();
                empty.putNull(field);
                if (isAlwaysThere(type, field)) {
                    assertTrue(isRead(type, absent) && isRead(type, empty), where + " is absent in an old message");
                    assertFalse(isValid(type, absent) || isValid(type, empty), where + " is absent");
                } else {
                    assertEquals(isRead(type, absent), isValid(type, absent), where + " is absent");
                    assertEquals(isRead(type, empty), isValid(type, empty), where + " is null");
                }
                var wrong = golden.deepCopy();
                if (golden.get(field).isObject()) {
                    wrong.putArray(field);
                } else {
                    wrong.putObject(field);
                }
                assertFalse(isValid(type, wrong), where + " is of another type");
                assertFalse(isRead(type, wrong), where + " is of another type");
            }
        }
    }

    private static boolean isAlwaysThere(String type, String field) {
        return Stream.of(MessageJson.types().get(type).getRecordComponents())
                .filter(it -> it.isAnnotationPresent(Always.class))
                .anyMatch(it -> new SnakeCaseStrategy().translate(it.getName()).equals(field));
    }

    /** What a stranger adds up has a type, a pattern or words, bounds, and is there. */
    @Test
    void aBillingEntryCanBeReliedOn() {
        var schema = document.at("/components/schemas/BillingEntryRecorded");
        var required = new TreeSet<String>();
        schema.path("required").forEach(it -> required.add(it.asText()));
        var optional = names(schema.path("properties"));
        optional.removeAll(required);
        assertEquals(
                Set.of(
                        "charge_class",
                        "invoice_id",
                        "po_number",
                        "cost_centre",
                        "credited_entry_id",
                        "created_by",
                        "reversed_entry_id",
                        "rebooked_entry_id",
                        "move_reason"),
                optional);
        for (var field : schema.path("properties").properties()) {
            var type = field.getValue().path("type");
            if (type.asText().equals("integer")) {
                assertTrue(Math.abs(field.getValue().path("maximum").asLong()) <= Within.MOST, field.toString());
                assertTrue(field.getValue().has("minimum"), field.toString());
            } else {
                assertTrue(
                        List.of("enum", "pattern", "format", "maxLength").stream()
                                .anyMatch(field.getValue()::has),
                        field.toString());
            }
        }
        for (var word : List.of("kind", "charge_category", "charge_class")) {
            assertTrue(schema.path("properties").path(word).has("enum"), word);
        }
        for (var form : List.of("unit_price", "currency", "billing_period")) {
            assertTrue(schema.path("properties").path(form).has("pattern"), form);
        }
    }

    /** What was generated from the document knows a message by a constant in its headers. */
    @Test
    void theHeadersTellTheMessagesApart() {
        for (var type : MessageJson.types().keySet()) {
            var message = document.at("/components/messages/" + type);
            assertEquals(1, message.path("examples").size(), type);
            var example = message.path("examples").get(0);
            assertEquals(Set.of(), JsonSchemas.faults(document, type, example.path("payload")), type);
            var schema = document.at("/components/schemas/" + type + "Headers/properties/ce_type");
            assertEquals("string", schema.path("type").asText(), type);
            assertEquals(type, schema.path("const").asText());
            assertEquals(
                    "#/components/schemas/" + type + "Headers",
                    message.path("headers").path("$ref").asText());
            var headers = (ObjectNode) example.path("headers").deepCopy();
            assertEquals(Set.of(), JsonSchemas.faults(document, type + "Headers", headers), type);
            assertFalse(isValid(type + "Headers", headers.put("ce_type", "PointsTeleported")), type);
        }
    }

    @Test
    void whoTellsAMessageStandsInItsHeaders() {
        GoldenMessages.byTopic().forEach((topic, types) -> {
            var writer = names(document.path("operations")).stream()
                    .filter(it -> it.endsWith(".send." + topic))
                    .map(it -> it.substring(0, it.indexOf('.')))
                    .findFirst()
                    .orElseThrow();
            for (var type : types) {
                var headers = (ObjectNode) document.at("/components/messages/" + type + "/examples/0/headers")
                        .deepCopy();
                assertTrue(isValid(type + "Headers", headers.put("ce_source", writer)), type + " of " + writer);
                assertFalse(isValid(type + "Headers", headers.put("ce_source", "console")), type);
            }
        });
    }

    /** A text that names a field names it as it stands in the JSON. */
    @Test
    void noDescriptionNamesAFieldThatDoesNotExist() {
        var known = new TreeSet<>(VALUES);
        document.findParents("properties").forEach(it -> known.addAll(names(it.path("properties"))));
        document.findValues("enum").forEach(words -> words.forEach(it -> known.add(it.asText())));
        var texts = document.findValuesAsText("description");
        assertTrue(texts.size() > 300, "only " + texts.size() + " descriptions");
        var unknown = texts.stream()
                .flatMap(text -> FIELD_LIKE.matcher(text).results().map(it -> it.group()))
                .filter(it -> !known.contains(it))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyMessageAndFieldSaysWhatItIs() {
        var silent = new TreeSet<String>();
        for (var type : names(document.at("/components/messages"))) {
            if (document.at("/components/messages/" + type)
                    .path("description")
                    .asText()
                    .isBlank()) {
                silent.add(type);
            }
        }
        document.at("/components/schemas").properties().forEach(schema -> {
            var refined = schema.getValue().has("allOf");
            schema.getValue().path("properties").properties().forEach(field -> {
                var says = field.getValue().has("description")
                        || field.getValue().has("$ref")
                        || field.getValue().has("oneOf");
                if (!says && !refined) {
                    silent.add(schema.getKey() + "." + field.getKey());
                }
            });
        });
        assertEquals(Set.of(), silent);
    }

    private boolean isValid(String type, JsonNode value) {
        return JsonSchemas.faults(document, type, value).isEmpty();
    }

    private static boolean isRead(String type, JsonNode value) {
        try {
            return MessageJson.read(type, value.toString().getBytes(UTF_8)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aServiceHearsWhatItsChannelsName() throws IOException {
        for (var service : Service.values()) {
            var expected = new TreeSet<String>();
            var properties = new Properties();
            try (var in = Files.newInputStream(
                    Checkout.file(service.module() + "/src/main/resources/application.properties"))) {
                properties.load(in);
            }
            properties.stringPropertyNames().stream()
                    .filter(it -> it.matches("mp\\.messaging\\.incoming\\.[^.]+\\.topics"))
                    .forEach(it ->
                            expected.addAll(List.of(properties.getProperty(it).split(","))));
            var heard = operations(service.module(), "receive");
            // What it tells itself, it may read back.
            heard.removeAll(operations(service.module(), "send"));
            assertEquals(expected, heard, service.module());
            var declared = new TreeSet<>(Topics.readBy(service));
            Topics.readBy(service).forEach(topic -> declared.add(Topics.replays(topic, service)));
            assertEquals(declared, heard, service.module());
        }
    }

    @Test
    void everyTopicHasOneWriterAndEveryLetterItsService() {
        for (var topic : Topics.all()) {
            var writers = new ArrayList<String>();
            document.path("operations").fieldNames().forEachRemaining(name -> {
                if (name.endsWith(".send." + topic)) {
                    writers.add(name.substring(0, name.indexOf('.')));
                }
            });
            assertEquals(1, writers.size(), topic + " is written by " + writers);
            if (topic.endsWith(".dlq")) {
                assertTrue(topic.endsWith("." + writers.get(0) + ".dlq"), topic);
            }
        }
    }

    @Test
    void theHeadersOfALetterAreThoseThatAreWritten() throws IOException {
        var service =
                Files.readString(Checkout.file("platform/src/main/java/io/points/platform/inbox/DeadLetters.java"));
        var operator = Files.readString(Checkout.file("deploy/dlq/src/main/java/io/points/dlq/Letter.java"));
        var written = Pattern.compile("\"(dlq_[a-z_0-9]+)\",|SKIPPED = \"(dlq_[a-z_0-9]+)\"")
                .matcher(service + operator)
                .results()
                .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(written, new TreeSet<>(AsyncApi.letterHeaders()));
    }

    private Set<String> operations(String service, String action) {
        var start = service + "." + action + ".";
        return names(document.path("operations")).stream()
                .filter(it -> it.startsWith(start))
                .map(it -> it.substring(start.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
