package io.points.platform.web.openapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The schemas of a document, and what refers to them. */
final class Refs {

    private static final String SCHEMAS = "#/components/schemas/";

    private Refs() {}

    static String to(String schema) {
        return SCHEMAS + schema;
    }

    static String name(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    /** Visits every schema of the document, those within others included. */
    static void each(OpenAPI document, Consumer<Schema> visitor) {
        orEmpty(document.getComponents().getSchemas()).values().forEach(schema -> visit(schema, visitor));
        for (var operation : ServiceDocument.operations(document)) {
            schemas(operation).forEach(schema -> visit(schema, visitor));
            operation.getResponses().getAPIResponses().values().stream()
                    .flatMap(response -> schemas(response.getContent()))
                    .forEach(schema -> visit(schema, visitor));
        }
    }

    /** What an operation is asked with. */
    static Stream<Schema> schemas(Operation operation) {
        var body = operation.getRequestBody();
        return Stream.concat(
                orEmpty(operation.getParameters()).stream().map(Parameter::getSchema),
                schemas(body == null ? null : body.getContent()));
    }

    static Stream<Schema> schemas(@Nullable Content content) {
        return content == null
                ? Stream.of()
                : content.getMediaTypes().values().stream().map(MediaType::getSchema);
    }

    static void visit(@Nullable Schema schema, Consumer<Schema> visitor) {
        if (schema == null) {
            return;
        }
        visitor.accept(schema);
        orEmpty(schema.getProperties()).values().forEach(it -> visit(it, visitor));
        visit(schema.getItems(), visitor);
        visit(schema.getAdditionalPropertiesSchema(), visitor);
        orEmpty(schema.getAnyOf()).forEach(it -> visit(it, visitor));
        orEmpty(schema.getOneOf()).forEach(it -> visit(it, visitor));
        orEmpty(schema.getAllOf()).forEach(it -> visit(it, visitor));
    }

    static <T> Collection<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }
}
