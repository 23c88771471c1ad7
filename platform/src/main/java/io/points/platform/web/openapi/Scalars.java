package io.points.platform.web.openapi;

import io.points.contract.Ids;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/** Ids, times and whole numbers as every language has them, where they stand, and not as Java's classes. */
final class Scalars {

    /** 2^53 - 1. */
    static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    private static final String UUID = "UUID";
    private static final String UUID_FORMAT = "uuid";
    private static final String INSTANT = "Instant";
    private static final String TIME_FORMAT = "date-time";

    private Scalars() {}

    static void inline(OpenAPI document) {
        List.of(UUID, INSTANT).forEach(document.getComponents()::removeSchema);
        Refs.each(document, Scalars::inline);
    }

    private static void inline(Schema schema) {
        if (schema.getRef() != null) {
            // Next to a reference, the Java type that it was given for says nothing.
            schema.setType(null);
            switch (Refs.name(schema.getRef())) {
                case UUID -> become(schema, UUID_FORMAT);
                case INSTANT -> become(schema, TIME_FORMAT);
                default -> {}
            }
        } else if (schema.getType() != null
                && schema.getType().contains(SchemaType.INTEGER)
                && schema.getFormat() == null) {
            schema.setFormat("int64");
        }
    }

    private static void become(Schema schema, String format) {
        schema.setRef(null);
        schema.setType(List.of(SchemaType.STRING));
        schema.setFormat(format);
    }

    /** Jakarta's patterns are for the whole text, those of JSON Schema for a part of it. */
    static void anchorPatterns(OpenAPI document) {
        Refs.each(document, schema -> {
            if (schema.getPattern() != null) {
                schema.setPattern(anchored(schema.getPattern()));
            }
        });
    }

    private static String anchored(String pattern) {
        return pattern.startsWith("^")
                ? pattern
                : pattern.contains("|") ? "^(?:" + pattern + ")$" : "^" + pattern + "$";
    }

    static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    static Schema id() {
        return text().format(UUID_FORMAT);
    }

    /** Of what somebody names: any but the nil UUID, which {@link Ids#parse} does not take. */
    static Schema named() {
        return butNil(id());
    }

    static Schema butNil(Schema id) {
        return id.not(OASFactory.createSchema().constValue(Ids.NIL.toString()));
    }

    static boolean isId(@Nullable Schema schema) {
        return schema != null && UUID_FORMAT.equals(schema.getFormat());
    }

    static boolean isTime(@Nullable Schema schema) {
        return schema != null && TIME_FORMAT.equals(schema.getFormat());
    }

    /** A number that never comes to 2^53, which every reader of JSON can hold. */
    static Schema count() {
        return integer().maximum(LARGEST);
    }

    static Schema integer() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
    }
}
