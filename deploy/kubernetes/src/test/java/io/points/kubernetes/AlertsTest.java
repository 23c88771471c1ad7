package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Alerting rules: on metrics that exist, of one environment each, with something to do about each. */
class AlertsTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern MATCHING =
            Pattern.compile("\\b(?:by|without|on|ignoring)\\b *\\(([^)]*)\\)|\\b(?:by|without|on|ignoring)\\b");
    private static final Pattern AGGREGATION = Pattern.compile(
            "\\b(?:sum|min|max|avg|group|count|count_values|stddev|stdvar|topk|bottomk|quantile)\\b *\\(");
    private static final Pattern ABSENT = Pattern.compile("\\babsent(?:_over_time)?\\b");

    private final JsonNode rules = Manifests.of("prod").one("PrometheusRule", "points");
    private final JsonNode expected = Manifests.of("prod").one("PrometheusRule", "points-expected");
    private final List<JsonNode> alerts =
            all().stream().filter(rule -> rule.has("alert")).toList();

    @Test
    void everyMetricThatARuleNamesExists() {
        Expression.requireShown(metrics());
    }

    @Test
    void whatIsRecordedIsUsedAndTheOtherWayRound() {
        Set<String> recorded = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (JsonNode rule : all()) {
            if (rule.has("record")) {
                recorded.add(rule.path("record").asText());
            }
            used.addAll(Expression.recorded(expression(rule)));
        }
        assertEquals(recorded, used);
    }

    @Test
    void thePatternFindsMetrics() {
        Set<String> found = metrics();
        assertTrue(found.contains("points_outbox_oldest_age_seconds"));
        assertTrue(found.contains("points_distribution_duration_seconds_bucket"));
        assertTrue(found.contains("cnpg_pg_stat_archiver_last_failed_time"));
        assertTrue(found.contains("barman_cloud_cloudnative_pg_io_first_recoverability_point"));
        assertTrue(found.contains("kafka_controller_kafkacontroller_activecontrollercount"));
        assertTrue(found.contains("up"));
    }

    @Test
    void everyAlertHasItsRunBookAndLeadsThere() {
        String operations = Project.read("docs/operations.md");
        List<String> headings = operations
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", ""))
                .toList();
        // A link leads to the first of two.
        assertEquals(headings.stream().distinct().toList(), headings);
        Set<String> described = headings.stream()
                .filter(heading -> heading.startsWith("Points"))
                .collect(toCollection(TreeSet::new));
        assertEquals(alerts.stream().map(AlertsTest::name).collect(toCollection(TreeSet::new)), described);
        for (JsonNode rule : alerts) {
            assertTrue(
                    rule.at("/annotations/runbook_url")
                            .asText()
                            .matches("https://.+/operations\\.md#" + name(rule).toLowerCase(Locale.ROOT)),
                    rule.toString());
        }
    }

    @Test
    void everyAlertStandsWithThePromiseThatItIsAbout() {
        String reliability = Project.read("docs/reliability.md");
        Set<String> named = new TreeSet<>();
        Pattern.compile("`(Points\\w+)`").matcher(reliability).results().forEach(found -> named.add(found.group(1)));
        assertEquals(alerts.stream().map(AlertsTest::name).collect(toCollection(TreeSet::new)), named);
    }

    @Test
    void everyAlertSaysWhomItCallsAndWhatIsTheMatter() {
        for (JsonNode rule : alerts) {
            String severity = rule.at("/labels/severity").asText();
            assertTrue(
                    Set.of("page", "ticket").contains(severity)
                            || name(rule).equals("PointsWatchdog") && severity.equals("none"),
                    rule.toString());
            assertTrue(rule.at("/annotations/summary").isTextual(), rule.toString());
        }
    }

    /** One Prometheus may watch several environments: the good health of one says nothing of another. */
    @Test
    void everyRuleKeepsEnvironmentsApart() {
        for (JsonNode rule : all()) {
            assertEquals(List.of(), mixing(expression(rule)), rule.toString());
        }
    }

    @Test
    void aRuleThatMixesEnvironmentsIsFound() {
        assertEquals(List.of(), mixing("max by (namespace, job) (up) and on (namespace) sum by (namespace) (a_b)"));
        assertEquals(List.of("max("), mixing("max(up) == 0"));
        assertEquals(List.of("count ("), mixing("count (up) == 0"));
        assertEquals(List.of("by (job)"), mixing("max by (job) (up) == 0"));
        assertEquals(List.of("on ()"), mixing("max by (namespace) (up) and on () a_b"));
        assertEquals(List.of("without (namespace)"), mixing("up == on (namespace) without (namespace)"));
        assertEquals(List.of("absent"), mixing("absent(up{job=\"a\"})"));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void whatIsExpectedIsExpectedOfThisEnvironmentAndIsThere(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        String namespace = Manifests.name(manifests.all("Namespace").get(0));
        Set<String> services = new TreeSet<>();
        Set<String> databases = new TreeSet<>();
        for (JsonNode rule : rules(
                        manifests.one("PrometheusRule", "points-expected").path("spec"))
                .toList()) {
            assertEquals(namespace, rule.at("/labels/namespace").asText(), rule.toString());
            if (rule.path("record").asText().equals("points:service:expected")) {
                services.addAll(replacements(expression(rule)));
            } else if (rule.path("record").asText().equals("points:database:expected")) {
                databases.addAll(replacements(expression(rule)));
            } else if (rule.path("record").asText().equals("points:database_standbys:expected")) {
                manifests
                        .all("Cluster")
                        .forEach(database -> assertEquals(
                                "vector(" + (database.at("/spec/instances").asInt() - 1) + ")",
                                expression(rule),
                                Manifests.title(database)));
            }
        }
        assertEquals(new TreeSet<>(manifests.names("Deployment")), services);
        assertEquals(new TreeSet<>(manifests.names("Cluster")), databases);
    }

    @Test
    void noLabelNamesATenantOrAUser() {
        for (JsonNode rule : all()) {
            String expression = expression(rule);
            assertTrue(!expression.contains("tenant") && !expression.contains("user"), expression);
        }
    }

    @Test
    void keycloakShowsMetricsToWhomeverMayLook() {
        Manifests manifests = Manifests.of("prod");
        assertEquals(
                "true",
                Manifests.each(manifests.one("Keycloak", "keycloak").at("/spec/additionalOptions"))
                        .filter(option ->
                                "metrics-enabled".equals(option.path("name").asText()))
                        .map(option -> option.path("value").asText())
                        .findAny()
                        .orElse("not set"));
    }

    /** IdleConnectionReaper is tried as well as noise, and noise of one environment beside the silence of another. */
    @Test
    void everyAlertIsTriedWithWhatMakesItGoOffAndWithWhatDoesNot() throws IOException {
        Set<String> all = alerts.stream().map(AlertsTest::name).collect(toCollection(TreeSet::new));
        Set<String> loud = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Path file : tests()) {
            for (JsonNode test : YAML.readTree(file.toFile()).path("tests")) {
                List<String> series = test.path("input_series").findValuesAsText("series");
                for (JsonNode tried : test.path("alert_rule_test")) {
                    String name = tried.path("alertname").asText();
                    assertTrue(all.contains(name), name + " is tried in " + file + ", and there is no such alert");
                    Set<String> watched = watched(name);
                    List<String> looked = series.stream()
                            .filter(one -> watched.contains(one.replaceAll("\\{.*", "")))
                            .toList();
                    assertTrue(!looked.isEmpty(), name + " is tried in " + file + " with nothing that it looks at");
                    Set<String> called = new TreeSet<>(tried.path("exp_alerts").findValuesAsText("namespace"));
                    if (called.isEmpty()) {
                        silent.add(name);
                    } else if (looked.stream()
                            .map(one -> one.replaceAll(".*namespace=\"([^\"]*)\".*", "$1"))
                            .anyMatch(namespace -> !called.contains(namespace))) {
                        loud.add(name);
                    }
                }
            }
        }
        assertEquals(all, loud, "alerts of which no test shows that they go off for one environment alone");
        assertEquals(all, silent, "alerts of which no test shows that they are silent");
    }

    @Test
    void prometheusAcceptsThemAndTheyGoOffWhenTheyShould(@TempDir Path folder) throws IOException {
        JsonNode tried = rules.path("spec").deepCopy();
        // Its own test looks at it; in promtool's files it would stand again at every alert.
        rules(tried).filter(rule -> rule.has("alert")).forEach(rule -> ((ObjectNode) rule.path("annotations"))
                .remove("runbook_url"));
        YAML.writeValue(folder.resolve("rules.yaml").toFile(), tried);
        YAML.writeValue(folder.resolve("expected.yaml").toFile(), expected.path("spec"));
        Tool.Result check = Tool.PROMTOOL.run(folder, "check", "rules", "rules.yaml", "expected.yaml");
        assertEquals(0, check.exitCode(), check.output());
        List<String> groups = Stream.of(expected, rules)
                .flatMap(rule -> Manifests.each(rule.at("/spec/groups")))
                .map(group -> group.path("name").asText())
                .toList();
        for (Path file : tests()) {
            // promtool would take them in any order, and know what is expected only at its next look, hours later.
            assertEquals(
                    groups,
                    Manifests.each(YAML.readTree(file.toFile()).path("group_eval_order"))
                            .map(JsonNode::asText)
                            .toList(),
                    file.toString());
            Files.copy(file, folder.resolve(file.getFileName()));
            Tool.Result test = Tool.PROMTOOL.run(
                    folder, "test", "rules", file.getFileName().toString());
            assertEquals(0, test.exitCode(), test.output());
        }
    }

    /** What in an expression does not tell environments apart. */
    private static List<String> mixing(String expression) {
        String plain = expression.replaceAll("\"[^\"]*\"", "\"\"");
        Stream<String> matching = MATCHING.matcher(plain)
                .results()
                .filter(found -> found.group(1) == null
                        || found.group().matches("(?s)(?:without|ignoring).*")
                                == found.group(1).contains("namespace"))
                .map(found -> found.group());
        Stream<String> others = Stream.of(AGGREGATION, ABSENT)
                .flatMap(pattern -> pattern.matcher(plain).results())
                .map(found -> found.group());
        return Stream.concat(matching, others).toList();
    }

    /** The metrics that an alert looks at, itself or by what is recorded. */
    private Set<String> watched(String alert) {
        Set<String> watched = new TreeSet<>();
        Set<String> recorded = new TreeSet<>();
        alerts.stream().filter(rule -> name(rule).equals(alert)).forEach(rule -> {
            watched.addAll(Expression.metrics(expression(rule)));
            recorded.addAll(Expression.recorded(expression(rule)));
        });
        all().stream()
                .filter(rule -> recorded.contains(rule.path("record").asText()))
                .forEach(rule -> watched.addAll(Expression.metrics(expression(rule))));
        return watched;
    }

    private static Set<String> replacements(String expression) {
        return Pattern.compile("label_replace\\(vector\\(1\\), \"\\w+\", \"([^\"]+)\", \"\", \"\"\\)")
                .matcher(expression)
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private static List<Path> tests() {
        List<Path> tests = Project.files("deploy/kubernetes/src/test/promtool", "_test.yaml");
        assertTrue(tests.size() > 1);
        return tests;
    }

    private Set<String> metrics() {
        Set<String> found = new TreeSet<>();
        for (JsonNode rule : all()) {
            found.addAll(Expression.metrics(expression(rule)));
        }
        return found;
    }

    private List<JsonNode> all() {
        return Stream.of(rules, expected)
                .flatMap(one -> rules(one.path("spec")))
                .toList();
    }

    private static Stream<JsonNode> rules(JsonNode spec) {
        return Manifests.each(spec.path("groups")).flatMap(group -> Manifests.each(group.path("rules")));
    }

    private static String name(JsonNode rule) {
        return rule.path("alert").asText();
    }

    private static String expression(JsonNode rule) {
        return rule.path("expr").asText();
    }
}
