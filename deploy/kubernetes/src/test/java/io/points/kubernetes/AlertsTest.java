package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerting rules: on metrics that exist, with something to do about each. */
class AlertsTest {
    private final JsonNode rules = Manifests.of("prod").one("PrometheusRule", "points");

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
            used.addAll(Expression.recorded(rule.path("expr").asText()));
        }
        assertEquals(recorded, used);
    }

    @Test
    void thePatternFindsMetrics() {
        Set<String> found = metrics();
        assertTrue(found.contains("points_outbox_oldest_age_seconds"));
        assertTrue(found.contains("points_distribution_duration_seconds_bucket"));
        assertTrue(found.contains("up"));
    }

    @Test
    void everyAlertHasItsPageInTheRunBook() {
        String operations = Project.read("docs/operations.md");
        Set<String> alerts = alerts().collect(toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        operations
                .lines()
                .filter(line -> line.startsWith("#### Points"))
                .forEach(line -> described.add(line.substring("#### ".length())));
        assertEquals(alerts, described);
        for (JsonNode rule : all()) {
            if (rule.has("alert")) {
                assertTrue(Set.of("page", "ticket")
                        .contains(rule.at("/labels/severity").asText()));
                assertTrue(rule.at("/annotations/summary").isTextual());
            }
        }
    }

    @Test
    void noLabelNamesATenantOrAUser() {
        for (JsonNode rule : all()) {
            String expression = rule.path("expr").asText();
            assertTrue(!expression.contains("tenant") && !expression.contains("user"), expression);
        }
    }

    @Test
    void prometheusAcceptsThemAndTheyGoOffWhenTheyShould(@TempDir Path folder) throws IOException {
        new ObjectMapper(new YAMLFactory())
                .writeValue(folder.resolve("rules.yaml").toFile(), rules.path("spec"));
        Tool.Result check = Tool.PROMTOOL.run(folder, "check", "rules", "rules.yaml");
        assertEquals(0, check.exitCode(), check.output());
        for (String tests : List.of("rules_test.yaml", "long_rules_test.yaml")) {
            Files.copy(Path.of("src/test/promtool", tests), folder.resolve(tests));
            Tool.Result test = Tool.PROMTOOL.run(folder, "test", "rules", tests);
            assertEquals(0, test.exitCode(), test.output());
        }
    }

    private Set<String> metrics() {
        Set<String> found = new TreeSet<>();
        for (JsonNode rule : all()) {
            found.addAll(Expression.metrics(rule.path("expr").asText()));
        }
        return found;
    }

    private Stream<String> alerts() {
        return all().stream().filter(rule -> rule.has("alert")).map(rule -> rule.path("alert")
                .asText());
    }

    private List<JsonNode> all() {
        return Manifests.each(rules.at("/spec/groups"))
                .flatMap(group -> Manifests.each(group.path("rules")))
                .toList();
    }
}
