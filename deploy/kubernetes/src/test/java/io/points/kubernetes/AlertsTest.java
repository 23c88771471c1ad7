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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerting rules: on metrics that exist, with something to do about each. */
class AlertsTest {
    /** Where a metric comes from that is not our own code's, and what has to be in the manifests for it to be there. */
    private static final Map<String, String> OF_OTHERS = Map.of(
            "up", "kind: ServiceMonitor",
            "http_server_requests_seconds_count", "path: /q/metrics",
            "kafka_consumergroup_lag", "kafkaExporter:",
            "kafka_server_replicamanager_underreplicatedpartitions", "UnderReplicatedPartitions",
            "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp", "barman-cloud.cloudnative-pg.io",
            // Of every cluster's kubelets; of ours, the volumes.
            "kubelet_volume_stats_available_bytes", "storage:",
            "kubelet_volume_stats_capacity_bytes", "storage:");

    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:])([a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)(?![\\w:])(?=[{\\[)]| *[<>=]| *$)");
    private static final Pattern RECORDED = Pattern.compile("\\b(points:[a-z0-9_:]+)\\b");
    private static final Pattern IN_CODE = Pattern.compile("\"(points_[a-z_]+)\"");
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_seconds_count", "_seconds_sum", "_seconds_bucket", "_seconds_max");

    private final JsonNode rules = Manifests.of("prod").one("PrometheusRule", "points");

    @Test
    void everyMetricThatARuleNamesExists() {
        Set<String> shown = new TreeSet<>();
        for (String name : Project.findInServices(".java", IN_CODE)) {
            SUFFIXES.forEach(suffix -> shown.add(name + suffix));
        }
        String manifests = Manifests.of("prod").all().toString();
        for (String name : metrics()) {
            String source = OF_OTHERS.get(name);
            assertTrue(
                    shown.contains(name) || source != null,
                    "A rule names " + name + ", which nothing in the code shows");
            if (source != null) {
                assertTrue(
                        text().contains(source) || manifests.contains(source),
                        name + " would come from " + source + ", which is nowhere");
            }
        }
    }

    @Test
    void whatIsRecordedIsUsedAndTheOtherWayRound() {
        Set<String> recorded = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (JsonNode rule : all()) {
            if (rule.has("record")) {
                recorded.add(rule.path("record").asText());
            }
            RECORDED.matcher(rule.path("expr").asText()).results().forEach(result -> used.add(result.group(1)));
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
        Files.copy(Path.of("src/test/promtool/rules_test.yaml"), folder.resolve("rules_test.yaml"));
        Tool.Result check = Tool.PROMTOOL.run(folder, "check", "rules", "rules.yaml");
        assertEquals(0, check.exitCode(), check.output());
        Tool.Result test = Tool.PROMTOOL.run(folder, "test", "rules", "rules_test.yaml");
        assertEquals(0, test.exitCode(), test.output());
    }

    private Set<String> metrics() {
        Set<String> found = new TreeSet<>();
        for (JsonNode rule : all()) {
            METRIC.matcher(rule.path("expr").asText().replaceAll("\"[^\"]*\"", "\"\""))
                    .results()
                    .forEach(result -> found.add(result.group(1)));
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

    /** The manifests as they are written, for names that only a comment-free YAML has. */
    private static String text() {
        StringBuilder text = new StringBuilder();
        Project.files("deploy/kubernetes/base", ".yaml").forEach(file -> text.append(Project.read(file)));
        return text.toString();
    }
}
