package io.points.platform.web.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.points.contract.Ids;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** JSON over HTTP takes nothing on trust: no unknown or doubled fields, no text or fraction where an integer belongs; 948.0 is the integer 948, as it is to JSON Schema. */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {

    @Override
    @SuppressWarnings("deprecation") // Quarkus hands over a built mapper, which has only these setters.
    public void customize(ObjectMapper mapper) {
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
        mapper.registerModule(new SimpleModule("strict")
                .addDeserializer(UUID.class, new StrictUuid())
                .addDeserializer(Long.class, new WholeNumber())
                .setDeserializerModifier(new StrictEnums())
                .setSerializerModifier(new LargeNumbers()));
        for (var shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
            mapper.coercionConfigFor(LogicalType.Enum).setCoercion(shape, CoercionAction.Fail);
        }
        // A text is no number and no flag; Jackson's own takes a blank one for null.
        for (var scalar : new LogicalType[] {LogicalType.Boolean, LogicalType.Integer, LogicalType.Float}) {
            mapper.coercionConfigFor(scalar)
                    .setAcceptBlankAsEmpty(true)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        }
    }

    /** Takes the 36 characters of RFC 9562 only, and not the nil UUID; Jackson's own takes base 64, white space and nothing as well. */
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
            var id = Ids.parse(text);
            return id != null
                    ? id
                    : (UUID) context.handleWeirdStringValue(UUID.class, text, "not a UUID, or the nil UUID");
        }
    }

    /** Takes what JSON Schema calls an integer: a number without a fraction, however it is written. */
    private static final class WholeNumber extends StdScalarDeserializer<Long> {

        WholeNumber() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                return parser.getLongValue();
            }
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                return (Long) context.handleUnexpectedToken(Long.class, parser);
            }
            try {
                return parser.getDecimalValue().longValueExact();
            } catch (ArithmeticException e) {
                return (Long) context.handleWeirdNumberValue(
                        Long.class, parser.getDecimalValue(), "not a whole number of 64 bits");
            }
        }
    }

    /** Takes an enum's words as they are; Jackson's own trims white space and U+0000 off. */
    private static final class StrictEnums extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription description, JsonDeserializer<?> words) {
            return new StrictEnum(words);
        }
    }

    private static final class StrictEnum extends DelegatingDeserializer {

        StrictEnum(JsonDeserializer<?> words) {
            super(words);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> words) {
            return new StrictEnum(words);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)
                    && !parser.getText().equals(parser.getText().trim())) {
                return context.handleWeirdStringValue(handledType(), parser.getText(), "not one of the words");
            }
            return super.deserialize(parser, context);
        }
    }
}
