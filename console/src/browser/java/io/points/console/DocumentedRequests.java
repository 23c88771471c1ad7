package io.points.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What pages ask, beside the services' documents: a service refuses whatever is not in them. */
final class DocumentedRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DocumentedRequests() {}

    /** What a service would not take of a request; empty if it would take it. */
    static List<String> faults(ServicesStandIn.Asked asked) {
        URI uri = URI.create(asked.uri());
        Optional<ApiRoutes.ApiRoute> route = ApiRoutes.of(uri.getRawPath());
        if (route.isEmpty()) {
            return List.of(asked.uri() + " belongs to no service");
        }
        JsonNode document = Documented.of(route.get().upstream().name().toLowerCase(Locale.ROOT));
        JsonNode operation =
                pathOf(document, uri.getRawPath()).path(asked.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of(asked.method() + " " + asked.uri() + " is not documented");
        }
        List<String> faults = new ArrayList<>();
        query(document, operation, uri.getRawQuery(), faults);
        body(document, operation, asked, faults);
        return faults.stream()
                .map(fault -> asked.method() + " " + asked.uri() + ": " + fault)
                .toList();
    }

    /** A path that has no variable part goes before one that has. */
    private static JsonNode pathOf(JsonNode document, String path) {
        JsonNode paths = document.path("paths");
        if (paths.has(path)) {
            return paths.path(path);
        }
        return paths.properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(JSON.missingNode());
    }

    private static void query(JsonNode document, JsonNode operation, String query, List<String> faults) {
        Set<String> given = new HashSet<>();
        List<JsonNode> parameters = StreamSupport.stream(
                        operation.path("parameters").spliterator(), false)
                .map(parameter -> Documented.resolved(document, parameter))
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .toList();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            JsonNode schema = parameters.stream()
                    .filter(parameter -> parameter.path("name").asText().equals(parts[0]))
                    .map(parameter -> parameter.path("schema"))
                    .findFirst()
                    .orElse(JSON.missingNode());
            if (schema.isMissingNode()) {
                faults.add(parts[0] + " is unknown");
            } else if (!given.add(parts[0])) {
                faults.add(parts[0] + " is there twice");
            } else {
                Documented.faults(document, schema, typed(schema, value))
                        .forEach(fault -> faults.add(parts[0] + fault));
            }
        }
        parameters.stream()
                .filter(parameter -> parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("name").asText())
                .filter(name -> !given.contains(name))
                .forEach(name -> faults.add(name + " is missing"));
    }

    private static JsonNode typed(JsonNode schema, String value) {
        return switch (schema.path("type").asText()) {
            case "integer" ->
                value.matches("-?[0-9]{1,18}") ? LongNode.valueOf(Long.parseLong(value)) : TextNode.valueOf(value);
            case "boolean" ->
                value.matches("true|false") ? BooleanNode.valueOf(value.equals("true")) : TextNode.valueOf(value);
            default -> TextNode.valueOf(value);
        };
    }

    private static void body(JsonNode document, JsonNode operation, ServicesStandIn.Asked asked, List<String> faults) {
        JsonNode content = operation.path("requestBody").path("content");
        if (asked.body().isEmpty()) {
            if (operation.path("requestBody").path("required").asBoolean()) {
                faults.add("there is no body");
            }
            return;
        }
        String type =
                asked.headers().getOrDefault("content-type", List.of("none")).get(0);
        if (!content.has(type)) {
            faults.add("a body of type " + type + " is not taken");
        } else if (type.equals("application/json")) {
            try {
                Documented.faults(document, content.path(type).path("schema"), JSON.readTree(asked.body()))
                        .forEach(fault -> faults.add(fault.toString()));
            } catch (JsonProcessingException e) {
                faults.add(e.getMessage());
            }
        }
    }
}
