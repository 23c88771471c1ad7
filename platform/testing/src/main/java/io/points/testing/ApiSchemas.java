package io.points.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schemas of an API document, with all that they refer to; formats count. */
final class ApiSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .keywords(Stream.of("components", "example")
                            .map(NonValidationKeyword::new)
                            .toList())
                    .build()));

    private final JsonNode components;
    private final Map<JsonNode, JsonSchema> known = Collections.synchronizedMap(new IdentityHashMap<>());

    ApiSchemas(JsonNode document) {
        components = document.path("components");
    }

    /** What is wrong with a value in the eyes of one of the document's schemas. */
    Set<String> faults(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private JsonSchema compiled(JsonNode schema) {
        var root = JSON.createObjectNode();
        root.set("components", components);
        root.set("allOf", JSON.createArrayNode().add(schema));
        return FACTORY.getSchema(root, CONFIG);
    }
}
