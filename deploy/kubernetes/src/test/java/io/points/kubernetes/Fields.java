package io.points.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinds whose publishers have no Java models: the names and types of their fields, taken from the published resource
 * definitions, under {@code src/test/resources/fields}.
 */
final class Fields {
    private Fields() {}

    /** What is in a manifest that its definition does not have, or has otherwise; with the path to it. */
    static List<String> faults(JsonNode manifest) {
        JsonNode fields = published(Manifests.kind(manifest));
        List<String> faults = new ArrayList<>();
        if (!fields.path("apiVersion").equals(manifest.path("apiVersion"))) {
            faults.add("apiVersion is " + manifest.path("apiVersion"));
        }
        compare("spec", manifest.path("spec"), fields.path("spec"), faults);
        return faults;
    }

    private static JsonNode published(String kind) {
        String file = "/fields/" + kind + ".yaml";
        try (InputStream text = Fields.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new AssertionError("Nothing is known of a " + kind + ": add its fields as src/test/resources"
                        + file + ", or its model to Models.");
            }
            return Manifests.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(String path, JsonNode value, JsonNode type, List<String> faults) {
        if (type.isTextual()) {
            if (!is(type.asText(), value)) {
                faults.add(path + " should be " + type.asText() + " and is " + value);
            }
            return;
        }
        value.properties().forEach(entry -> {
            String below = path + "." + entry.getKey();
            if (type.has(entry.getKey())) {
                compare(below, entry.getValue(), type.get(entry.getKey()), faults);
            } else if (type.has(entry.getKey() + "[]") && entry.getValue().isArray()) {
                JsonNode item = type.get(entry.getKey() + "[]");
                entry.getValue().forEach(one -> compare(below + "[]", one, item, faults));
            } else {
                faults.add(below + " does not exist");
            }
        });
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "any" -> true;
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "map" -> value.isObject() && Manifests.each(value).allMatch(JsonNode::isValueNode);
            default -> throw new IllegalArgumentException("No such type: " + type);
        };
    }
}
