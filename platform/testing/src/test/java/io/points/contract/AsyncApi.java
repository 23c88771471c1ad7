package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.points.local.Service;
import io.points.local.Topics;
import io.points.platform.web.caller.Role;
import io.points.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * The AsyncAPI document, made from what the code and the deployment say: topics from those declared, messages from the
 * records, examples from their golden files, and who may send and receive from the services' rights on the broker.
 */
final class AsyncApi {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final String DEAD_LETTER = "DeadLetter";
    private static final String OPERATOR = "operator";
    private static final List<String> ROLES =
            List.of(Role.PLATFORM_ADMIN, Role.MANAGER, Role.LEAD, Role.EMPLOYEE, Role.FINANCE, Role.AUDITOR);

    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("ce_specversion", "Version of CloudEvents"),
            Map.entry("ce_id", "The message's id: the same if it is sent again"),
            Map.entry("ce_type", "The message's name: it says which message the value is"),
            Map.entry("ce_source", "The service that tells it"),
            Map.entry("ce_subject", "Id of the object that changed"),
            Map.entry("ce_time", "When it happened"),
            Map.entry("ce_tenantid", "The customer company; also the record's key"),
            Map.entry("ce_actorid", "Subject of the token of whoever caused it; absent if the system did"),
            Map.entry("ce_actorrole", "The role in which they did; absent if the system did"),
            Map.entry("ce_traceparent", "As traceparent"),
            Map.entry("traceparent", "W3C trace context of the request behind it"),
            Map.entry("content-type", "Media type of the value"));

    private static final Map<String, String> LETTER_HEADERS = new TreeMap<>(Map.of(
            "dlq_reason", "Why it could not be handled",
            "dlq_topic", "Topic where the record first stood",
            "dlq_partition", "Its partition there",
            "dlq_offset", "Its offset there",
            "dlq_attempt", "1, and one more with each replay that failed",
            "dlq_value_length", "Bytes of the whole value; absent if it was skipped unread",
            "dlq_value_sha256", "SHA-256 of the whole value, in hexadecimal; absent if it was skipped unread",
            "dlq_replay_offset", "Which replayed record came back as this letter; absent the first time",
            "dlq_skipped", "The operator has led the service past the record, unread; else absent"));
    private static final Map<String, String> LETTER_PATTERNS = Map.of(
            "dlq_partition", "^[0-9]+$",
            "dlq_offset", "^[0-9]+$",
            "dlq_attempt", "^[1-9][0-9]*$",
            "dlq_value_length", "^[0-9]+$",
            "dlq_value_sha256", "^[0-9a-f]{64}$",
            "dlq_replay_offset", "^[0-9]+$",
            "dlq_skipped", "^true$");
    private static final Set<String> SOMETIMES =
            Set.of("dlq_replay_offset", "dlq_skipped", "dlq_value_length", "dlq_value_sha256");

    /** As they stand on the example of each message. */
    private static final Instant EXAMPLE_TIME = Instant.parse("2026-11-26T10:41:07.123456Z");

    private static final UUID EXAMPLE_EVENT = UUID.fromString("019ac0de-5a20-7d4f-8c2e-4a3f2e1d0c9b");
    private static final String EXAMPLE_ACTOR = "019ac0d0-1c00-7a11-8f00-000000000001";
    private static final String EXAMPLE_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Javadoc javadoc = new Javadoc();
    private final Map<String, Set<String>> writers = writers();

    ObjectNode document() {
        var document = JSON.objectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Points: messages")
                .put("version", "1")
                .put(
                        "description",
                        "What the services tell each other, and others, on Kafka: CloudEvents 1.0 in binary mode,"
                                + " JSON in the value, keyed by tenant id. A message may come more than once, under the"
                                + " same ce_id; topics are not ordered towards each other. Readers ignore fields and"
                                + " skip types that they do not know. Points are whole numbers.")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
        document.set("channels", channels());
        document.set("operations", operations());
        document.set("components", components());
        return document;
    }

    private ObjectNode channels() {
        var channels = JSON.objectNode();
        new TreeMap<>(Topics.declared()).forEach((name, topic) -> channels.set(name, channel(name, topic)));
        return channels;
    }

    private ObjectNode channel(String name, NewTopic topic) {
        var channel = JSON.objectNode().put("address", name);
        var messages = JSON.objectNode();
        if (name.endsWith(".dlq")) {
            channel.put("description", "What the consumer group could not decode or answer, kept for the operator.");
            messages.set(DEAD_LETTER, reference("messages", DEAD_LETTER));
        } else {
            channel.put(
                    "description",
                    Topic.isReplays(name)
                            ? "Dead letters that the operator gives to the consumer group once more: records of "
                                    + Topic.original(name) + ", each naming its letter in the header dlq_letter."
                            : purpose(name));
            GoldenMessages.byTopic()
                    .getOrDefault(Topic.original(name), Set.of())
                    .forEach(type -> messages.set(type, reference("messages", type)));
        }
        channel.set("messages", messages);
        var kafka = channel.putObject("bindings")
                .putObject("kafka")
                .put("topic", name)
                .put("partitions", topic.numPartitions());
        var configuration = kafka.putObject("topicConfiguration");
        topic.configs().forEach((key, value) -> {
            if (value.matches("-?\\d+")) {
                configuration.put(key, Long.parseLong(value));
            } else {
                configuration.put(key, value);
            }
        });
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    /** What the constant of that topic says of it. */
    private String purpose(String topic) {
        for (var constant : Topic.class.getFields()) {
            try {
                if (topic.equals(constant.get(null))) {
                    return javadoc.ofConstant(constant.getName());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("Topic has no constant for " + topic);
    }

    /** Who may do what on which topic, on the broker. */
    static Map<String, Set<String>> allowed(String operation) {
        var allowed = new TreeMap<String, Set<String>>();
        for (var service : Service.values()) {
            var file = Checkout.file("deploy/kubernetes/base/" + service.module() + "/kafka-user.yaml");
            try {
                YAML.readTree(file.toFile()).at("/spec/authorization/acls").forEach(rule -> {
                    if ("topic".equals(rule.at("/resource/type").asText())) {
                        rule.path("operations").forEach(it -> {
                            if (operation.equals(it.asText())) {
                                allowed.computeIfAbsent(service.module(), key -> new TreeSet<>())
                                        .add(rule.at("/resource/name").asText());
                            }
                        });
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return allowed;
    }

    private static ObjectNode operations() {
        var operations = JSON.objectNode();
        allowed("Write").forEach((service, topics) -> topics.forEach(topic -> add(operations, service, "send", topic)));
        allowed("Read")
                .forEach((service, topics) -> topics.forEach(topic -> {
                    add(operations, service, "receive", topic)
                            .putObject("bindings")
                            .putObject("kafka")
                            .set(
                                    "groupId",
                                    JSON.objectNode().put("type", "string").put("const", service));
                }));
        for (var topic : new TreeSet<>(Topics.all())) {
            if (topic.endsWith(".dlq")) {
                add(operations, OPERATOR, "receive", topic);
            } else if (Topic.isReplays(topic)) {
                add(operations, OPERATOR, "send", topic);
            }
        }
        return operations;
    }

    private static ObjectNode add(ObjectNode operations, String who, String action, String topic) {
        var operation = operations
                .putObject(who + "." + action + "." + topic)
                .put("action", action)
                .put("title", who + (action.equals("send") ? " tells " : " hears ") + topic);
        operation.set("channel", JSON.objectNode().put("$ref", "#/channels/" + topic));
        return operation;
    }

    private ObjectNode components() {
        var components = JSON.objectNode();
        var messages = components.putObject("messages");
        messages.set(DEAD_LETTER, deadLetter());
        MessageJson.types().forEach((type, record) -> messages.set(type, message(type, record)));
        var schemas = components.putObject("schemas");
        schemas.set("Headers", headers());
        MessageJson.types().keySet().forEach(type -> schemas.set(type + "Headers", headers(type)));
        new MessageSchemas(javadoc).all().forEach(schemas::set);
        return components;
    }

    private ObjectNode message(String type, Class<?> record) {
        var message = JSON.objectNode().put("name", type).put("title", type);
        var said = javadoc.ofType(record);
        if (!said.isEmpty()) {
            message.put("description", said);
        }
        message.put("contentType", "application/json");
        message.set("headers", reference("schemas", type + "Headers"));
        message.set("payload", reference("schemas", type));
        key(message, "The tenant's id").put("format", "uuid");
        try {
            var example = message.putArray("examples").addObject();
            example.set("headers", exampleHeaders(type));
            example.set("payload", PLAIN.readTree(GoldenMessages.json(type)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    /** Those of every message, and the values that this one alone has: a reader tells the messages of a topic apart by them. */
    private ObjectNode headers(String type) {
        var schema = JSON.objectNode().put("type", "object");
        schema.put("description", "The headers of " + type + ".");
        schema.putArray("allOf").add(reference("schemas", "Headers"));
        schema.putArray("required").add(Headers.TYPE).add("ce_source");
        var properties = schema.putObject("properties");
        properties.putObject(Headers.TYPE).put("type", "string").put("const", type);
        var source = properties.putObject("ce_source").put("type", "string");
        var services = writers.get(type);
        if (services.size() == 1) {
            source.put("const", services.iterator().next());
        } else {
            services.forEach(source.putArray("enum")::add);
        }
        return schema;
    }

    /** The services that tell each message: the writers of its topics. */
    private static Map<String, Set<String>> writers() {
        var byTopic = GoldenMessages.byTopic();
        var writers = new TreeMap<String, Set<String>>();
        allowed("Write")
                .forEach((service, topics) -> topics.forEach(topic -> byTopic.getOrDefault(topic, Set.of())
                        .forEach(type -> writers.computeIfAbsent(type, it -> new TreeSet<>())
                                .add(service))));
        return writers;
    }

    private ObjectNode exampleHeaders(String type) {
        var message = GoldenMessages.message(type);
        var envelope = new Envelope(
                EXAMPLE_EVENT,
                type,
                writers.get(type).iterator().next(),
                message.subject().toString(),
                EXAMPLE_TIME,
                message.tenantId(),
                EXAMPLE_ACTOR,
                Role.MANAGER,
                EXAMPLE_TRACE);
        var headers = JSON.objectNode();
        Headers.write(envelope).forEach(it -> headers.put(it.key(), new String(it.value(), UTF_8)));
        return headers;
    }

    private static ObjectNode deadLetter() {
        var letter = JSON.objectNode()
                .put("name", DEAD_LETTER)
                .put("title", "Dead letter")
                .put(
                        "description",
                        "A record that could not be handled: its key and headers, its value cut at 64 KiB,"
                                + " whatever that is, and why.")
                .put("contentType", "application/octet-stream");
        var headers = letter.putObject("headers").put("type", "object");
        var required = headers.putArray("required");
        var properties = headers.putObject("properties");
        LETTER_HEADERS.forEach((name, text) -> {
            var header = properties.putObject(name).put("type", "string").put("description", text);
            if (LETTER_PATTERNS.containsKey(name)) {
                header.put("pattern", LETTER_PATTERNS.get(name));
            }
            if (!SOMETIMES.contains(name)) {
                required.add(name);
            }
        });
        key(letter, "The record's own key, cut at 1,000 characters");
        return letter;
    }

    private static ObjectNode key(ObjectNode message, String description) {
        var kafka = message.putObject("bindings").putObject("kafka");
        var key = kafka.putObject("key").put("type", "string").put("description", description);
        kafka.put("bindingVersion", "0.5.0");
        return key;
    }

    /** Those that a message carries, and those of them that every message carries. */
    private static ObjectNode headers() {
        var always = written(false);
        var schema = JSON.objectNode().put("type", "object");
        schema.put("description", "CloudEvents 1.0, Kafka protocol binding, binary content mode; UTF-8.");
        var required = schema.putArray("required");
        always.keySet().forEach(required::add);
        var properties = schema.putObject("properties");
        written(true).forEach((name, value) -> {
            var said = HEADERS.get(name);
            if (said == null) {
                throw new AssertionError("Say in AsyncApi.HEADERS what the header " + name + " means");
            }
            var header = properties.putObject(name).put("type", "string").put("description", said);
            if (value.startsWith("00000000-")) {
                header.put("format", "uuid");
            }
            switch (name) {
                case "ce_specversion", "content-type" -> header.put("const", value);
                case "ce_time" -> header.put("format", "date-time");
                case "ce_subject" -> header.put("format", "uuid");
                case "ce_actorrole" -> ROLES.forEach(header.putArray("enum")::add);
                case "traceparent", "ce_traceparent" ->
                    header.put("pattern", "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$");
                default -> {}
            }
        });
        return schema;
    }

    private static Map<String, String> written(boolean everything) {
        var components = Envelope.class.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            if (everything || !components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                values[i] = value(types[i]);
            }
        }
        try {
            var envelope = Envelope.class.getDeclaredConstructor(types).newInstance(values);
            var headers = new LinkedHashMap<String, String>();
            Headers.write(envelope).forEach(it -> headers.put(it.key(), new String(it.value(), UTF_8)));
            return headers;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Class<?> type) {
        if (type == UUID.class) {
            return new UUID(0, 1);
        }
        return type == Instant.class ? Instant.EPOCH : "text";
    }

    static Set<String> letterHeaders() {
        return LETTER_HEADERS.keySet();
    }

    private static ObjectNode reference(String kind, String name) {
        return JSON.objectNode().put("$ref", "#/components/" + kind + "/" + name);
    }
}
