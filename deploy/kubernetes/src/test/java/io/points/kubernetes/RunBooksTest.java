package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What an operator is told to call exists, takes what it is told to send, and misses nothing that it must have. */
class RunBooksTest {
    private static final List<JsonNode> DOCUMENTS = Stream.of("allocation", "distribution", "billing", "audit")
            .map(service -> Manifests.parse(Project.read("docs/openapi/" + service + ".yaml"))
                    .get(0))
            .toList();

    /** Between backticks, where a line may end anywhere. */
    private static final Pattern IN_TEXT = Pattern.compile("`(GET|POST|PUT|DELETE)\\s(/api/[^`\\s]+)([^`]*)`");
    /** A whole command, with the lines that it goes on in. */
    private static final Pattern IN_SHELL = Pattern.compile("(?m)^(?:as|curl) (?:.*\\\\\\n)*.*$");

    private static final Pattern ADDRESS = Pattern.compile("\\$API(/api/[^ '\"]+)");
    private static final Pattern BODY = Pattern.compile("(?s)-d '(.*)'");

    /** Up to the end of the line, a comment, a pipe, or what ends it in text. */
    private static final Pattern OF_LAUNCHER = Pattern.compile("\\./points((?: (?:\"[^\"]*\"|[^\\s`#>|)\"]+))+)");

    private record Call(String method, String path, List<String> parameters, Optional<String> body) {
        static Call of(String method, String address, Optional<String> body) {
            String[] parts = address.split("\\?", 2);
            List<String> parameters = parts.length == 1
                    ? List.of()
                    : Stream.of(parts[1].split("&"))
                            .map(one -> one.split("=")[0])
                            .toList();
            return new Call(method, parts[0], parameters, body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/operations.md", "docs/audit.md"})
    void everyCallIsOneThatAServiceTakes(String document) {
        List<String> faults = new ArrayList<>();
        for (Call call : calls(Project.read(document))) {
            faults(call).forEach(fault -> faults.add(call.method() + " " + call.path() + " " + fault));
        }
        assertEquals(List.of(), faults, document);
    }

    /** Each is planned by the tests of the service that has the table. */
    @Test
    void everyStatementIsOfATableThatAServiceHas() {
        Set<String> tables = Project.findInServices(".sql", Pattern.compile("create (?:table|view) (\\w+)"));
        tables.add("flyway_schema_history");
        Set<String> named = new TreeSet<>();
        Pattern.compile("`(?:select[^`]*?\\sfrom|update|delete from)\\s(\\w+)[^`]*`")
                .matcher(Project.read("docs/operations.md"))
                .results()
                .forEach(found -> named.add(found.group(1)));
        assertTrue(named.size() > 5, named.toString());
        named.removeAll(tables);
        assertEquals(Set.of(), named);
    }

    @Test
    void everyCommandOfTheLauncherIsOneThatItTakes() {
        CommandLine launcher = Main.commandLine();
        String script = Project.read("points");
        Set<String> tried = new TreeSet<>();
        for (String document : List.of("README.md", "docs/operations.md", "docs/audit.md", "docs/reliability.md")) {
            for (MatchResult found :
                    OF_LAUNCHER.matcher(Project.read(document)).results().toList()) {
                List<String> words = words(found.group(1));
                if (launcher.getSubcommands().containsKey(words.get(0))) {
                    try {
                        launcher.parseArgs(words.toArray(String[]::new));
                    } catch (CommandLine.MissingParameterException e) {
                        // A text may speak of a command by its name alone.
                        assertTrue(
                                words.stream().noneMatch(word -> word.startsWith("-")),
                                found.group() + ": " + e.getMessage());
                    }
                    tried.add(words.get(0));
                } else {
                    assertTrue(
                            Pattern.compile("(?m)^  " + words.get(0) + "\\)")
                                    .matcher(script)
                                    .find(),
                            document + ": " + found.group());
                }
            }
        }
        assertTrue(tried.containsAll(Set.of("up", "dlq", "demo")), tried.toString());
    }

    @Test
    void callsAreFoundInTextAndInCommands() {
        List<String> found = calls(Project.read("docs/operations.md")).stream()
                .map(call -> call.method() + " " + call.path())
                .toList();
        assertTrue(found.contains("POST /api/platform/tenants/$TENANT/suspend"), found.toString());
        assertTrue(found.contains("GET /api/platform/alerts"), found.toString());
        assertTrue(found.contains("PUT /api/members/$EMPLOYEE"), found.toString());
    }

    @Test
    void aCallThatCannotWorkIsFound() {
        assertEquals(
                List.of("has no reason"),
                faults(Call.of("POST", "/api/platform/tenants/$T/suspend", Optional.of("{}"))));
        assertEquals(
                List.of("sends no body"),
                faults(Call.of("POST", "/api/platform/tenants/$T/suspend", Optional.empty())));
        assertEquals(
                List.of("knows no why"),
                faults(Call.of(
                        "POST",
                        "/api/platform/tenants/$T/suspend",
                        Optional.of("{\"reason\": \"a\", \"why\": \"b\"}"))));
        assertEquals(
                List.of("does not exist"),
                faults(Call.of("GET", "/api/platform/tenants/{id}/suspend", Optional.empty())));
        assertEquals(
                List.of("takes no colour"),
                faults(Call.of("GET", "/api/platform/alerts?colour=red", Optional.empty())));
    }

    private static List<Call> calls(String text) {
        List<Call> calls = new ArrayList<>();
        IN_TEXT.matcher(text)
                .results()
                .forEach(found -> calls.add(Call.of(
                        found.group(1),
                        found.group(2),
                        Optional.of(found.group(3).strip()).filter(rest -> rest.startsWith("{")))));
        for (MatchResult found : IN_SHELL.matcher(text).results().toList()) {
            String command = found.group();
            Optional<String> body =
                    BODY.matcher(command).results().map(one -> one.group(1)).findAny();
            String method = Stream.of("PUT", "DELETE")
                    .filter(one -> command.contains("-X " + one))
                    .findAny()
                    .orElse(body.isPresent() ? "POST" : "GET");
            ADDRESS.matcher(command).results().forEach(one -> calls.add(Call.of(method, one.group(1), body)));
        }
        return calls;
    }

    private static List<String> faults(Call call) {
        for (JsonNode document : DOCUMENTS) {
            for (var path : document.path("paths").properties()) {
                JsonNode operation = path.getValue().path(call.method().toLowerCase(Locale.ROOT));
                if (fits(path.getKey(), call.path()) && operation.isObject()) {
                    return faults(call, operation, document);
                }
            }
        }
        return List.of("does not exist");
    }

    private static List<String> faults(Call call, JsonNode operation, JsonNode document) {
        List<String> faults = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if ("query".equals(parameter.path("in").asText())) {
                known.add(parameter.path("name").asText());
                if (parameter.path("required").asBoolean()
                        && !call.parameters().contains(parameter.path("name").asText())) {
                    faults.add("lacks " + parameter.path("name").asText());
                }
            }
        }
        call.parameters().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("takes no " + name));
        JsonNode schema = resolved(document, operation.at("/requestBody/content/application~1json/schema"));
        if (call.body().isPresent()) {
            JsonNode body = json(call.body().get());
            schema.path("required").forEach(field -> {
                if (!body.has(field.asText())) {
                    faults.add("has no " + field.asText());
                }
            });
            body.fieldNames().forEachRemaining(field -> {
                if (!schema.path("properties").has(field)) {
                    faults.add("knows no " + field);
                }
            });
        } else if (!schema.path("required").isEmpty() && !schema.isMissingNode()) {
            faults.add("sends no body");
        }
        return faults;
    }

    private static boolean fits(String template, String path) {
        return path.matches(Pattern.quote(template).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q"));
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private static List<String> words(String command) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(found -> found.group(1) == null ? found.group(2).replaceAll("[\\[\\]]", "") : found.group(1))
                .toList();
    }

    /** What the shell would send: a variable between quotes stands for some text. */
    private static JsonNode json(String body) {
        try {
            return new ObjectMapper().readTree(body.replaceAll("'?\\$\\w+'?", "x"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
