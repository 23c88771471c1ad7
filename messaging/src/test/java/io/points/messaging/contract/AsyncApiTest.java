package io.points.messaging.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.Service;
import io.points.local.Topics;
import io.points.testing.ContractFile;
import io.points.testing.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} says what the code says; and what both say is so, by other ways than those that made it. */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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
        AsyncApi.messagesByTopic().forEach((topic, types) -> {
            assertEquals(types, names(document.path("channels").path(topic).path("messages")), topic);
            onTopics.addAll(types);
        });
        assertEquals(MessageJson.types().keySet(), onTopics);
        onTopics.add("DeadLetter");
        assertEquals(onTopics, names(document.at("/components/messages")));
    }

    /** What may be absent or null in the schema is what a reader takes so. */
    @Test
    void theSchemasTakeWhatTheCodeTakes() throws IOException {
        for (var type : MessageJson.types().keySet()) {
            var golden = (ObjectNode) JSON.readTree(AsyncApi.golden(type));
            assertEquals(Set.of(), JsonSchemas.faults(document, type, golden), type);
            assertEquals(names(golden), names(document.at("/components/schemas/" + type + "/properties")), type);
            for (var field : names(golden)) {
                var where = type + "." + field;
                var absent = golden.deepCopy().without(field);
                assertEquals(isRead(type, absent), isValid(type, absent), where + " is absent");
                var empty = golden.deepCopy();
                empty.putNull(field);
                assertEquals(isRead(type, empty), isValid(type, empty), where + " is null");
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
                    Path.of("..", service.module(), "src", "main", "resources", "application.properties"))) {
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
        var source = Files.readString(Path.of("src/main/java/io/points/messaging/inbox/DeadLetters.java"));
        var written = Pattern.compile("\"(dlq_[a-z_0-9]+)\",")
                .matcher(source)
                .results()
                .map(it -> it.group(1))
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
