package io.points.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON schemas of the messages, made from their records and from what these say of themselves. */
final class MessageSchemas {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper WORDS = new ObjectMapper();

    /** A pattern that is nothing but the words that may stand there. */
    private static final String ALTERNATIVES = "\\w+(\\|\\w+)*";

    /** Said by the interface, or by nobody because the name says it. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("tenant_id", "The customer company; also the record's key"),
            Map.entry("amount", "Points"),
            Map.entry("balance_after", "Points that the balance holds after it"),
            Map.entry(
                    "pool_version",
                    "Number of the pool ledger entry, gap-free per tenant; the newest if nothing moved"),
            Map.entry("wallet_entry", "Number of the wallet ledger entry, gap-free per wallet"),
            Map.entry("budget_entry", "Number of the budget wallet's ledger entry; null if the pool gave"),
            Map.entry("budget_balance_after", "Points that the budget wallet holds after it; null if the pool gave"),
            Map.entry("revision", "Counts the changes from 1"),
            Map.entry("currency", "ISO 4217 code"),
            Map.entry("price_per_point", "Decimal in the currency's major unit"),
            Map.entry("refunded", "Points given back to the pool; 0 if none had been taken"),
            Map.entry("distribution_id", "The distribution: its effect happens once per id"),
            Map.entry("allocation_id", "The allocation or clawback"),
            Map.entry("schedule_id", "The schedule"),
            Map.entry("proposal_id", "What was proposed"),
            Map.entry("reservation_id", "What the points wait for"),
            Map.entry("expiry_id", "The lapse"),
            Map.entry("closing_id", "The closing of the tenant"),
            Map.entry(
                    "expires_on",
                    "The last day on which they could be used, in the tenant's time zone; null if they were not dated"),
            Map.entry("lots", "What of the points can be used until which day; null if nothing is dated"),
            Map.entry("adjustment_id", "The adjustment"),
            Map.entry("alert_id", "The alert"),
            Map.entry("entry_id", "The billing entry"),
            Map.entry("from_user_id", "The member who gives"),
            Map.entry("to_user_id", "The member who receives"),
            Map.entry("user_id", "The member"),
            Map.entry("department_id", "The department"),
            Map.entry("proposed_by", "The platform admin who proposed it"),
            Map.entry("approved_by", "The other platform admin, who approved it"));

    private final SnakeCaseStrategy names = new SnakeCaseStrategy();
    private final Javadoc javadoc;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    MessageSchemas(Javadoc javadoc) {
        this.javadoc = javadoc;
        MessageJson.types().values().forEach(this::add);
    }

    /** Each record and enum by its name. */
    Map<String, ObjectNode> all() {
        return schemas;
    }

    private ObjectNode add(Class<?> type) {
        var name = type.getSimpleName();
        if (!schemas.containsKey(name)) {
            schemas.put(name, JSON.objectNode());
            schemas.put(name, type.isEnum() ? words(type) : object(type));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode object(Class<?> record) {
        var schema = JSON.objectNode().put("type", "object");
        describe(schema, javadoc.ofType(record));
        var required = JSON.arrayNode();
        var properties = JSON.objectNode();
        for (var component : record.getRecordComponents()) {
            var name = names.translate(component.getName());
            var property = property(record, component, name);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || component.isAnnotationPresent(Always.class)) {
                required.add(name);
            } else if (property.has("$ref")) {
                property = JSON.objectNode()
                        .set(
                                "oneOf",
                                JSON.arrayNode()
                                        .add(property)
                                        .add(JSON.objectNode().put("type", "null")));
            } else {
                property.set("type", JSON.arrayNode().add(property.get("type")).add("null"));
                if (property.get("enum") instanceof ArrayNode words) {
                    words.addNull();
                }
            }
            properties.set(name, property);
        }
        schema.set("required", required);
        return schema.set("properties", properties);
    }

    private ObjectNode property(Class<?> record, RecordComponent component, String name) {
        var schema = schema(component.getGenericType());
        if (schema.has("$ref")) {
            return schema;
        }
        var said = javadoc.ofComponent(record, component.getName());
        describe(schema, said.isEmpty() ? USUAL.getOrDefault(name, "") : said);
        bound(schema, component);
        return schema;
    }

    /** What the record says of itself, which its readers check. */
    private static void bound(ObjectNode schema, RecordComponent component) {
        switch (schema.path("type").asText()) {
            case "integer" -> {
                var within = MessageBounds.within(component);
                if (within.min() != Long.MIN_VALUE) {
                    schema.put("minimum", within.min()).put("maximum", within.max());
                }
            }
            case "array" -> {
                var within = MessageBounds.within(component);
                schema.put("minItems", within.min());
                if (within.max() < Within.MOST) {
                    schema.put("maxItems", within.max());
                }
            }
            case "string" -> {
                if (component.getType() == String.class) {
                    var text = MessageBounds.text(component);
                    if (text != null && text.pattern().matches(ALTERNATIVES)) {
                        List.of(text.pattern().split("\\|")).forEach(schema.putArray("enum")::add);
                        return;
                    }
                    schema.put("maxLength", text == null ? Text.USUAL : text.max());
                    if (text != null && !text.pattern().isEmpty()) {
                        schema.put("pattern", "^(" + text.pattern() + ")$");
                    }
                }
            }
            default -> {
                // A truth value, or a map of figures by their names.
            }
        }
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return JSON.objectNode()
                    .put("type", "object")
                    .set("additionalProperties", schema(map.getActualTypeArguments()[1]));
        }
        if (type instanceof ParameterizedType list) {
            return JSON.objectNode().put("type", "array").set("items", schema(list.getActualTypeArguments()[0]));
        }
        if (type == UUID.class) {
            return JSON.objectNode().put("type", "string").put("format", "uuid");
        }
        if (type == Instant.class) {
            return JSON.objectNode().put("type", "string").put("format", "date-time");
        }
        if (type == LocalDate.class) {
            return JSON.objectNode().put("type", "string").put("format", "date");
        }
        if (type == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return JSON.objectNode().put("type", "integer").put("format", "int64");
        }
        if (type instanceof Class<?> ours && (ours.isEnum() || ours.isRecord())) {
            return add(ours);
        }
        throw new AssertionError("No schema for a " + type + ": teach it to MessageSchemas");
    }

    private ObjectNode words(Class<?> type) {
        var schema = JSON.objectNode().put("type", "string");
        var text = new StringBuilder(javadoc.ofType(type));
        var words = JSON.arrayNode();
        for (var constant : type.getEnumConstants()) {
            String word = WORDS.convertValue(constant, String.class);
            words.add(word);
            text.append("\n- ").append(word);
            var said = javadoc.ofConstant(((Enum<?>) constant).name());
            if (!said.isEmpty()) {
                text.append(": ").append(said);
            }
        }
        describe(schema, text.toString());
        return schema.set("enum", words);
    }

    private static void describe(ObjectNode schema, String text) {
        if (!text.isBlank()) {
            schema.put("description", text);
        }
    }
}
