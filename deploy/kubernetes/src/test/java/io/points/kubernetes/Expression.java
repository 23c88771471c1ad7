package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an expression in PromQL names, and where that has to come from. */
final class Expression {
    /** Where a metric comes from that is not our own code's, and what has to be in the manifests for it to be there. */
    private static final Map<String, String> OF_OTHERS = Map.ofEntries(
            Map.entry("up", "kind: ServiceMonitor"),
            Map.entry("http_server_requests_seconds_count", "path: /q/metrics"),
            Map.entry("kafka_consumergroup_lag", "kafkaExporter:"),
            Map.entry("kafka_controller_kafkacontroller_activecontrollercount", "ActiveControllerCount"),
            Map.entry("kafka_controller_kafkacontroller_offlinepartitionscount", "OfflinePartitionsCount"),
            Map.entry("kafka_server_replicamanager_underminisrpartitioncount", "UnderMinIsrPartitionCount"),
            Map.entry("kafka_server_replicamanager_underreplicatedpartitions", "UnderReplicatedPartitions"),
            // CloudNativePG's own queries (config/manager/default-monitoring.yaml) and its collector.
            Map.entry("cnpg_collector_pg_wal_archive_status", "key: cnpg.io/cluster"),
            Map.entry("cnpg_collector_sync_replicas", "key: cnpg.io/cluster"),
            Map.entry("cnpg_pg_replication_in_recovery", "key: cnpg.io/cluster"),
            Map.entry("cnpg_pg_replication_streaming_replicas", "key: cnpg.io/cluster"),
            Map.entry("cnpg_pg_stat_archiver_last_archived_time", "key: cnpg.io/cluster"),
            Map.entry("cnpg_pg_stat_archiver_last_failed_time", "key: cnpg.io/cluster"),
            Map.entry(
                    "barman_cloud_cloudnative_pg_io_first_recoverability_point",
                    "name: barman-cloud.cloudnative-pg.io"),
            Map.entry(
                    "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
                    "name: barman-cloud.cloudnative-pg.io"),
            // Of what the cluster has; of ours, by their names.
            Map.entry("certmanager_certificate_expiration_timestamp_seconds", "cert-manager.io/cluster-issuer"),
            Map.entry("strimzi_certificate_expiration_timestamp_ms", "kind: KafkaNodePool"),
            Map.entry("prometheus_rule_evaluation_failures_total", "kind: PrometheusRule"),
            Map.entry("kubelet_volume_stats_available_bytes", "storage:"),
            Map.entry("kubelet_volume_stats_capacity_bytes", "storage:"));

    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:])([a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)(?![\\w:])(?! *\\()");
    private static final Pattern UNLESS =
            Pattern.compile("unless on \\([^)]*\\) (?:max by \\([^)]*\\) |label_replace)?\\(?([a-z_]+)");

    /** Names of labels, and what is compared with them. */
    private static final String OF_LABELS =
            "\\{[^}]*}|\\b(?:by|without|on|ignoring|group_left|group_right)\\b *\\([^)]*\\)";

    private static final Pattern RECORDED = Pattern.compile("\\b(points:[a-z0-9_:]+)\\b");
    private static final Pattern IN_CODE = Pattern.compile("\"(points_[a-z_]+)\"");
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_seconds_count", "_seconds_sum", "_seconds_bucket", "_seconds_max");

    private Expression() {}

    /** The metrics that an expression names. */
    static Set<String> metrics(String expression) {
        return names(METRIC, expression.replaceAll("\"[^\"]*\"", "").replaceAll(OF_LABELS, " "));
    }

    /** The recorded series that an expression names. */
    static Set<String> recorded(String expression) {
        return names(RECORDED, expression);
    }

    /** The metrics whose absence an expression tells: {@code … unless on (…) metric}. */
    static Set<String> missed(String expression) {
        String flat = expression.replaceAll("\\s+", " ");
        return names(UNLESS, flat);
    }

    private static Set<String> names(Pattern pattern, String text) {
        Stream<MatchResult> found = pattern.matcher(text).results();
        return found.map(result -> result.group(1)).collect(toCollection(TreeSet::new));
    }

    /** Fails with the first that neither our code nor anything else in the manifests shows. */
    static void requireShown(Set<String> metrics) {
        Set<String> shown = new TreeSet<>();
        for (String name : Project.findInServices(".java", IN_CODE)) {
            SUFFIXES.forEach(suffix -> shown.add(name + suffix));
        }
        String manifests = written() + Manifests.of("prod").all();
        for (String name : metrics) {
            String source = OF_OTHERS.get(name);
            assertTrue(shown.contains(name) || source != null, name + " is named, and nothing in the code shows it");
            if (source != null) {
                assertTrue(manifests.contains(source), name + " would come from " + source + ", which is nowhere");
            }
        }
    }

    /** The manifests as they are written, for names that only a comment-free YAML has. */
    private static String written() {
        StringBuilder text = new StringBuilder();
        Project.files("deploy/kubernetes/base", ".yaml").forEach(file -> text.append(Project.read(file)));
        return text.toString();
    }
}
