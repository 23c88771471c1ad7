package io.points.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The routes that a running service says it has, in its OpenAPI document. */
final class ApiDescription {

    private ApiDescription() {}

    /** One path and method. */
    record Operation(String method, String path, Set<String> query, Set<String> headers, Set<String> fields) {
        String name() {
            return method + " " + path;
        }
    }

    /** The whole document. */
    static JsonNode document(URI service) {
        return Ask.of("GET", "/q/openapi?format=json").send(service).json();
    }

    static List<Operation> of(URI service) {
        var document = document(service);
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.add(
                        operation(path.getKey(), method.getKey(), method.getValue(), document.path("components")))));
        if (operations.isEmpty()) {
            throw new AssertionError("The API description has no routes: " + document);
        }
        return operations;
    }

    private static Operation operation(String path, String method, JsonNode operation, JsonNode components) {
        var schema = operation.at("/requestBody/content/application~1json/schema");
        var reference = schema.path("$ref").asText();
        var resolved = reference.isEmpty()
                ? schema
                : components.path("schemas").path(reference.substring(reference.lastIndexOf('/') + 1));
        var fields = new TreeSet<String>();
        resolved.path("properties").fieldNames().forEachRemaining(fields::add);
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters(operation, "query"),
                parameters(operation, "header"),
                fields);
    }

    private static Set<String> parameters(JsonNode operation, String place) {
        var names = new TreeSet<String>();
        operation.path("parameters").forEach(parameter -> {
            if (place.equals(parameter.path("in").asText())) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }
}
