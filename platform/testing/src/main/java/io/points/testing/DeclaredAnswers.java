package io.points.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds every answer that a test sees to the service's own API document: its status, its type, its headers, and its body. What the
 * document does not declare fails the test that saw it.
 */
final class DeclaredAnswers {

    private static final Map<URI, DeclaredAnswers> KNOWN = new ConcurrentHashMap<>();

    /** Of HTTP itself, or for browsers. */
    private static final Set<String> OF_HTTP = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "content-security-policy",
            "content-disposition");

    /** A form that a route took before it had a route of its own is answered as that route answers. */
    private enum OlderForm {
        BATCH_CHECK_CSV("POST", "(.*/award-points/batch)", "text/csv", "dry_run=true", "/csv/check"),
        MOVEMENT_CHECK("POST", "(.*/platform/allocations/(?:allocate|clawback))", "", "dry_run=true", "/check"),
        BATCH_CHECK("POST", "(.*/award-points/batch)", "", "dry_run=true", "/check"),
        BATCH_CSV("POST", "(.*/award-points/batch)", "text/csv", "", "/csv"),
        MEMBERS_CSV("POST", "(.*/members/batch)", "text/csv", "", "/csv"),
        STATEMENT_SPREADSHEET("GET", "(.*/statements/[^/]+/[^/]+)", "", "format=spreadsheet", "/spreadsheet"),
        STATEMENT_CSV("GET", "(.*/statements/[^/]+/[^/]+)", "", "format=csv", "/csv"),
        STATEMENT_HTML("GET", "(.*/statements/[^/]+/[^/]+)", "", "format=html", "/html"),
        STATEMENT_ACCEPTED_CSV("GET", "(.*/statements/[^/]+/[^/]+)", "text/csv", "", "/csv"),
        STATEMENT_ACCEPTED_HTML("GET", "(.*/statements/[^/]+/[^/]+)", "text/html", "", "/html");

        private final String method;
        private final Pattern path;
        private final String type;
        private final String query;
        private final String now;

        OlderForm(String method, String path, String type, String query, String now) {
            this.method = method;
            this.path = Pattern.compile(path);
            this.type = type;
            this.query = query;
            this.now = now;
        }

        /** The path by which the same is asked for now. */
        static String now(Ask ask, String path, String query) {
            var type = Stream.of("Content-Type", "Accept")
                    .map(header -> ask.headers().getOrDefault(header, ""))
                    .reduce("", String::concat);
            return Stream.of(values())
                    .filter(it -> it.method.equals(ask.method())
                            && it.path.matcher(path).matches()
                            && type.contains(it.type)
                            && query.contains(it.query))
                    .findFirst()
                    .map(it -> path + it.now)
                    .orElse(path);
        }
    }

    /** With a slash that is written otherwise, a path is no route's. */
    private static final String SEGMENT = "(?:(?!%2[fF]|%5[cC])[^/])+";

    private record Operation(String method, Pattern path, JsonNode responses) {}

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final ApiSchemas schemas;

    private DeclaredAnswers(JsonNode document) {
        this.document = document;
        schemas = new ApiSchemas(document);
        document.path("paths").properties().stream()
                // A literal before a parameter, as the router has it.
                .sorted(Comparator.comparing((Map.Entry<String, JsonNode> path) ->
                        path.getKey().chars().filter(c -> c == '{').count()))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                Pattern.compile(
                                        path.getKey().replace(".", "\\.").replaceAll("\\{\\w+}", SEGMENT)),
                                method.getValue().path("responses")))));
    }

    /** Gives the answer back if it is declared; fails otherwise. */
    static Answer checked(URI service, Ask ask, Answer answer) {
        if (ask.target().startsWith("/api/")) {
            var faults = of(service).faults(ask, answer);
            if (!faults.isEmpty()) {
                throw new AssertionError("%s %s is not answered as the document says: %s: %s %s"
                        .formatted(ask.method(), ask.target(), faults, answer, answer.headers()));
            }
        }
        return answer;
    }

    private static DeclaredAnswers of(URI service) {
        var root = service.resolve("/");
        var known = KNOWN.get(root);
        if (known == null) {
            known = new DeclaredAnswers(ApiDescription.document(root));
            KNOWN.put(root, known);
        }
        return known;
    }

    /** What is not as declared; nothing if all is, or if there is no such route. */
    List<String> faults(Ask ask, Answer answer) {
        var parts = ask.target().split("\\?", 2);
        var path = OlderForm.now(ask, parts[0], parts.length == 1 ? "" : parts[1]);
        var method = "HEAD".equals(ask.method()) ? "GET" : ask.method();
        return operations.stream()
                .filter(it ->
                        it.method().equals(method) && it.path().matcher(path).matches())
                .findFirst()
                .map(it -> faults(it, answer, "HEAD".equals(ask.method())))
                .orElse(List.of());
    }

    private List<String> faults(Operation operation, Answer answer, boolean isHead) {
        var status = Integer.toString(answer.status());
        var declared = operation.responses().path(status);
        if (declared.isMissingNode()) {
            if (!Set.of(405, 414, 417, 431).contains(answer.status())) {
                return List.of("the status " + status + " is not declared");
            }
            declared = operation.responses().path("default");
        }
        var response = resolved(declared);
        var faults = new ArrayList<String>();
        answer.headers().keySet().stream()
                .filter(name -> !OF_HTTP.contains(name))
                .filter(name -> names(response.path("headers")).noneMatch(name::equals))
                .forEach(name -> faults.add("the header " + name + " is not declared"));
        if (!isHead) {
            body(response.path("content"), answer).ifPresent(faults::add);
        }
        return faults;
    }

    private Optional<String> body(JsonNode content, Answer answer) {
        var media = content.properties().stream()
                .filter(it -> it.getKey().split(";")[0].equals(answer.mediaType()))
                .findFirst();
        if (media.isEmpty()) {
            return Optional.of("the type " + answer.mediaType() + " is not declared");
        }
        if (!answer.mediaType().endsWith("json") || answer.mediaType().endsWith("ndjson")) {
            return Optional.empty();
        }
        var broken = schemas.faults(media.get().getValue().path("schema"), answer.json());
        return broken.isEmpty() ? Optional.empty() : Optional.of("the body breaks its schema: " + broken);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<String> names(JsonNode headers) {
        return headers.properties().stream().map(it -> it.getKey().toLowerCase(Locale.ROOT));
    }

    /** Of a document that stands for itself, to test this test. */
    static DeclaredAnswers ofDocument(JsonNode document) {
        return new DeclaredAnswers(document);
    }
}
