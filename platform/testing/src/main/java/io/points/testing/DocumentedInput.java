package io.points.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the service's document allows, the service takes; what it forbids, the service refuses with 400 and the name of the field:
 * each value of a long list, and those at the bounds that the document states, in each field, query and path.
 */
public abstract class DocumentedInput {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final String RIGHT_ID = "3f0e8d52-7c1b-4a96-b0d3-9e5a6c7f8b04";
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 413, 415);

    /** What may be refused, although it is well formed, for the time, who asks, what there is, or what the page before said. */
    private static final Set<String> JUDGED_BY_MORE_THAN_FORM =
            Set.of("valid_from", "until", "cursor", "period", "from_user_id", "parent_id");

    /** Numbers there are judged by the size that the log has. */
    private static final Set<String> OF_A_LOG =
            Set.of("/api/audit/proofs/inclusion", "/api/audit/proofs/consistency", "/api/audit/export");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u00a0",
            "\u2003",
            "\u3000",
            "a",
            "A",
            "bonus",
            "two words",
            " led by a blank",
            "\u0000",
            "before\u0000after",
            "\ud83d\udca5",
            "\u0663",
            RIGHT_ID,
            RIGHT_ID.toUpperCase(Locale.ROOT),
            RIGHT_ID.replace("-", ""),
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0",
            "1",
            "-1",
            "01",
            "1.25",
            "1.",
            ".5",
            "1e3",
            "123456789.12345678",
            "1234567890",
            "1.123456789",
            "true",
            "null",
            "2026-01",
            "2026-13",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.123456Z",
            "2026-01-01T05:30:00+05:30",
            "2026-02-30T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2999-12-31T23:59:59Z",
            "INR",
            "inr",
            "HRK",
            "XAU",
            "asha@example.com",
            "asha@example",
            "a@b@c",
            "@example.com");

    @TestHTTPResource("/")
    URI service;

    private final Findings findings = new Findings();
    private Api api;
    private JsonNode document;
    private ApiSchemas schemas;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    @BeforeEach
    void prepare() {
        api = api();
        document = ApiDescription.document(service);
        schemas = new ApiSchemas(document);
    }

    /** Each with the ids of objects that are there; whatever else it comes to, it was understood. */
    @Test
    void theExampleOfEachBodyIsUnderstood() {
        for (var route : api.routes()) {
            for (var body : operation(route).at("/requestBody/content").properties()) {
                var example = body.getValue().path("example");
                findings.check(!example.isMissingNode(), route.name() + " has no example");
                var text = example.isTextual() ? example.asText() : example.toString();
                var ask = ask(route).withBody(TestKafka.bytes(withIdsOf(route, text)));
                var answer = ask.send(service);
                findings.check(
                        !NOT_UNDERSTOOD.contains(answer.status()) && answer.status() < 500,
                        "%s does not take its example: %s".formatted(route.name(), answer));
            }
        }
        if (api.routes().stream().anyMatch(Route::hasBody)) {
            findings.assertNone();
        }
    }

    @Test
    void aFieldTakesWhatItsSchemaAllowsAndNothingElse() {
        for (var route : api.routes().stream().filter(Route::hasBody).toList()) {
            var schema = resolved(operation(route).at("/requestBody/content/application~1json/schema"));
            for (var field : schema.path("properties").properties()) {
                for (var value : values(resolved(field.getValue()))) {
                    var body = json(route.body());
                    body.set(field.getKey(), value);
                    judge(
                            route,
                            field.getKey(),
                            field.getValue(),
                            value,
                            ask(route).withJson(body.toString()));
                }
                inEachItem(
                        route,
                        field.getKey(),
                        resolved(resolved(field.getValue()).path("items")));
            }
        }
        if (api.routes().stream().anyMatch(Route::hasBody)) {
            findings.assertNone();
        }
    }

    private void inEachItem(Route route, String list, JsonNode item) {
        for (var field : item.path("properties").properties()) {
            for (var value : values(resolved(field.getValue()))) {
                var body = json(route.body());
                ((ObjectNode) body.path(list).get(0)).set(field.getKey(), value);
                judge(
                        route,
                        list + "[0]." + field.getKey(),
                        field.getValue(),
                        value,
                        ask(route).withJson(body.toString()));
            }
        }
    }

    @Test
    void aParameterTakesWhatItsSchemaAllowsAndNothingElse() {
        for (var route : api.routes()) {
            for (var parameter : operation(route).path("parameters")) {
                if (!"header".equals(parameter.path("in").asText())) {
                    var schema = parameter.path("schema");
                    values(resolved(schema)).stream()
                            .filter(value -> value.isValueNode() && !value.isNull())
                            .map(JsonNode::asText)
                            .distinct()
                            .forEach(text -> judge(route, parameter, text));
                }
            }
        }
        findings.assertNone();
    }

    private void judge(Route route, JsonNode parameter, String text) {
        var name = parameter.path("name").asText();
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        var schema = parameter.path("schema");
        if ("query".equals(parameter.path("in").asText())) {
            judge(route, name, schema, read(resolved(schema), text), ask(route, route.targetAsking(name, encoded)));
        } else if (!encoded.isEmpty()) {
            judge(route, name, schema, read(resolved(schema), text), ask(route, route.target(name, encoded)));
        }
    }

    private void judge(Route route, String field, JsonNode schema, JsonNode value, Ask ask) {
        var faults = schemas.faults(schema, value);
        var answer = ask.send(service);
        var refused = answer.status() == 400 && answer.fieldsAtFault().contains(field);
        findings.check(
                answer.status() < 500 && answer.status() != 429,
                "%s was not judged with %s: %s".formatted(route.name(), field, answer));
        var shown = value.toString().length() > 60 ? value.toString().substring(0, 60) + "…" : value.toString();
        if (!faults.isEmpty()) {
            // What no target can hold is not even looked at.
            findings.check(
                    refused || answer.status() == 414,
                    "%s takes %s %s, against its document: %s: %s"
                            .formatted(route.name(), field, shown, faults, answer));
        } else if (!JUDGED_BY_MORE_THAN_FORM.contains(field)
                && !(value.isNumber() && OF_A_LOG.contains(route.path()))) {
            findings.check(
                    !refused,
                    "%s refuses %s %s, which its document allows: %s"
                            .formatted(route.name(), field, shown, answer.text()));
        }
    }

    /** A parameter is a text that stands for what its type says. */
    private static JsonNode read(JsonNode schema, String text) {
        var type = schema.path("type").asText();
        if ("integer".equals(type) && text.matches("0|-?[1-9][0-9]{0,17}")) {
            return NODES.numberNode(Long.parseLong(text));
        }
        return "boolean".equals(type) && List.of("true", "false").contains(text)
                ? NODES.booleanNode(Boolean.parseBoolean(text))
                : NODES.textNode(text);
    }

    private List<JsonNode> values(JsonNode schema) {
        var values = new ArrayList<JsonNode>(
                List.of(NODES.nullNode(), NODES.booleanNode(true), NODES.arrayNode(), NODES.objectNode()));
        Stream.of(0L, 1L, -1L, 5L).map(NODES::numberNode).forEach(values::add);
        values.add(NODES.numberNode(1.5));
        TEXTS.forEach(text -> values.add(NODES.textNode(text)));
        for (var bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                Stream.of(-1, 0, 1)
                        .map(by -> NODES.numberNode(schema.path(bound).asLong() + by))
                        .forEach(values::add);
            }
        }
        for (var bound : List.of("minLength", "maxLength")) {
            if (schema.has(bound)) {
                int length = schema.path(bound).asInt();
                for (var letter : List.of("x", "\ud83d\udca5")) {
                    Stream.of(length - 1, length, length + 1)
                            .map(letter::repeat)
                            .map(NODES::textNode)
                            .forEach(values::add);
                }
            }
        }
        schema.path("enum").forEach(word -> {
            values.add(word);
            values.add(NODES.textNode(word.asText().toUpperCase(Locale.ROOT)));
        });
        return values;
    }

    private String withIdsOf(Route route, String example) {
        var ids = ID.matcher(new String(ask(route).body(), StandardCharsets.UTF_8))
                .results()
                .toList();
        var index = new int[1];
        return ids.isEmpty()
                ? example
                : ID.matcher(example)
                        .replaceAll(id -> Matcher.quoteReplacement(
                                ids.get(Math.min(index[0]++, ids.size() - 1)).group()));
    }

    private JsonNode operation(Route route) {
        var operation =
                document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            throw new AssertionError(route.name() + " is not in the document");
        }
        return operation;
    }

    private JsonNode resolved(JsonNode schema) {
        if (schema.has("anyOf")) {
            // A reference, or null.
            return resolved(schema.path("anyOf").path(0));
        }
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private Ask ask(Route route) {
        return route.ask().by(api.tokenFor(route));
    }

    private Ask ask(Route route, String target) {
        var right = ask(route);
        return new Ask(right.method(), target, right.headers(), right.body(), false);
    }

    private static ObjectNode json(String body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
