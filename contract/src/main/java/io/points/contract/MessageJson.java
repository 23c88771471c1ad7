package io.points.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages to JSON and back: snake_case, ISO 8601 times, integers only as integers. Unknown fields are ignored, so that
 * a newer writer does not stop an older reader; a missing or mistyped one is an error, and so is one outside of the bounds
 * that its record states. Only what is {@code @Nullable} may
 * be absent, so that a field can be added to events that are kept for ever.
 */
public final class MessageJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(UUID.class, new StrictUuid()))
            .annotationIntrospector(new RequiredComponents())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private static final Map<String, Format> FORMATS = formats();

    /**
     * How messages of a type are read. Found out once: to ask a class for its annotations costs more than to read a message.
     *
     * @param required the components that must not be null
     * @param always the components that are null in messages of older versions only
     */
    private record Format(
            ObjectReader reader, List<RecordComponent> required, List<RecordComponent> always, MessageBounds bounds) {
        static Format of(Class<? extends Message> type) {
            var components = List.of(type.getRecordComponents());
            return new Format(
                    MAPPER.readerFor(type),
                    components.stream()
                            .filter(component -> !component.getType().isPrimitive() && !isNullable(component))
                            .toList(),
                    components.stream()
                            .filter(component -> component.isAnnotationPresent(Always.class))
                            .toList(),
                    new MessageBounds(type));
        }
    }

    private MessageJson() {}

    public static String write(Message message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + message.type() + " cannot be written as JSON", e);
        }
    }

    /**
     * @param json a record's value, null if it has none
     * @return empty if no message has that type, which a reader skips and counts
     * @throws IOException if the bytes are not that message; the text says which field is at fault
     */
    public static Optional<Message> read(String type, byte @Nullable [] json) throws IOException {
        var format = FORMATS.get(type);
        if (format == null) {
            return Optional.empty();
        }
        if (json == null) {
            throw new IOException("the record has no value");
        }
        Message message = format.reader().readValue(json);
        if (message == null) {
            throw new IOException("the value is JSON null");
        }
        var fault = fault(format, format.required(), message);
        if (fault != null) {
            throw new IOException(fault);
        }
        return Optional.of(message);
    }

    /**
     * What every reader would refuse is not sent in the first place.
     *
     * @throws IllegalStateException if a field is outside of its bounds, or missing; the text names it
     */
    public static void requireValid(Message message) {
        var format = FORMATS.get(message.type());
        var fault = fault(format, format.always(), message);
        if (fault != null) {
            throw new IllegalStateException("A " + message.type() + " that no consumer would accept: " + fault);
        }
    }

    /** Jackson lets {@code null} into any reference; the contract allows it only where it says {@code @Nullable}. */
    private static @Nullable String fault(Format format, List<RecordComponent> required, Message message) {
        for (var component : required) {
            if (MessageBounds.value(component, message) == null) {
                return "the field " + SNAKE_CASE.translate(component.getName()) + " is null";
            }
        }
        return format.bounds().fault(message);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Jackson also takes nothing, base 64 and numbers without leading zeros for a UUID. */
    private static final class StrictUuid extends StdScalarDeserializer<UUID> {
        StrictUuid() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (UUID) context.handleUnexpectedToken(UUID.class, parser);
            }
            var text = parser.getText();
            try {
                var uuid = UUID.fromString(text);
                if (uuid.toString().equalsIgnoreCase(text)) {
                    return uuid;
                }
            } catch (IllegalArgumentException e) {
                // Said below, for both faults at once.
            }
            return (UUID) context.handleWeirdStringValue(
                    UUID.class, text.substring(0, Math.min(text.length(), 50)), "not a UUID");
        }
    }

    /** Tells Jackson that a component must be there, unless it may be null. */
    private static final class RequiredComponents extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            if (member instanceof AnnotatedParameter parameter
                    && member.getDeclaringClass().isRecord()) {
                return !isNullable(member.getDeclaringClass().getRecordComponents()[parameter.getIndex()]);
            }
            return super.hasRequiredMarker(member);
        }
    }

    /** The types on the wire, each with its record. */
    public static Map<String, Class<? extends Message>> types() {
        var types = new TreeMap<String, Class<? extends Message>>();
        collect(Message.class, types);
        return Collections.unmodifiableMap(types);
    }

    /** All records of a message's sealed interface, or the record itself. */
    static Set<Class<? extends Message>> recordsOf(Class<? extends Message> type) {
        var types = new TreeMap<String, Class<? extends Message>>();
        collect(type, types);
        return Set.copyOf(types.values());
    }

    private static void collect(Class<?> type, Map<String, Class<? extends Message>> types) {
        if (type.isRecord()) {
            types.put(type.getSimpleName(), type.asSubclass(Message.class));
            return;
        }
        for (var permitted : type.getPermittedSubclasses()) {
            collect(permitted, types);
        }
    }

    private static Map<String, Format> formats() {
        var formats = new TreeMap<String, Format>();
        types().forEach((type, record) -> formats.put(type, Format.of(record)));
        return formats;
    }
}
