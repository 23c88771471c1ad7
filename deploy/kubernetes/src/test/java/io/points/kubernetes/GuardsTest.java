package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A guard that cannot look is as loud as one that has found something. Each gauge of the code is in a rule or stands here with the
 * reason why it calls nobody; what must be 0 pages; and each rule on a gauge has its twin, for when nobody shows the gauge.
 */
class GuardsTest {
    /** Gauges that are looked at by people alone. */
    private static final Map<String, String> CALL_NOBODY = Map.ofEntries(
            Map.entry("points_allocation_balance", "no metric, but a column"),
            Map.entry("points_approvals_held_points", "business"),
            Map.entry("points_approvals_oldest_seconds", "it waits for the tenant's managers, and goes back by itself"),
            Map.entry("points_approvals_open", "business"),
            Map.entry(
                    "points_audit_seal_lag_seconds",
                    "points_audit_unsealed_age_seconds is in a rule, and does not need a sealer"),
            Map.entry("points_http_event_streams", "how many people look; what exceeds the bounds is refused"),
            Map.entry("points_http_open_requests", "load; too much of it is refused with 503, which is in a rule"),
            Map.entry("points_outbox_waiting", "points_outbox_oldest_age_seconds is in a rule"),
            Map.entry("points_pool_balances", "business"),
            Map.entry("points_pool_moved_points", "business"),
            Map.entry("points_proposals_held_points", "business"),
            Map.entry("points_proposals_open", "points_proposals_oldest_seconds is in a rule"),
            Map.entry("points_sagas_open", "points_sagas_oldest_age_seconds is in a rule"),
            Map.entry("points_table_rows", "growth"),
            Map.entry("points_table_size_bytes", "growth; a volume that fills is in a rule"),
            Map.entry("points_wallet_points", "business"));

    /** What may be absent while all is well, and why nobody is called then; counters begin with their first event. */
    private static final Map<String, String> MAY_BE_ABSENT = Map.of(
            "http_server_requests_seconds_count", "there is none before the first request",
            "points_audit_last_checkpoint_timestamp_seconds", "there is none before the first seal",
            "points_certificate_expiry_timestamp_seconds", "of the process itself, and only where Kafka is secured",
            "points_distribution_duration_seconds_bucket", "there is none before the first award",
            "points_distribution_duration_seconds_count", "there is none before the first award");

    /** The alerts on what nobody shows. */
    private static final List<String> TWINS = List.of(
            "PointsServiceDown",
            "PointsDatabaseAway",
            "PointsGuardBlind",
            "PointsRoundOverdue",
            "PointsKeycloakDown",
            "PointsPlatformBlind",
            "PointsPlatformUnwatched");

    /** Metrics that one query or one exporter shows together: one stands for both. */
    private static final Map<String, String> SHOWN_TOGETHER = Map.of(
            "cnpg_pg_replication_in_recovery", "cnpg_pg_replication_streaming_replicas",
            "cnpg_pg_stat_archiver_last_failed_time", "cnpg_pg_stat_archiver_last_archived_time",
            "kubelet_volume_stats_capacity_bytes", "kubelet_volume_stats_available_bytes");

    private static final Pattern NAMES = Pattern.compile("\"(points_[a-z_]+)\"");
    private static final Pattern COUNTERS =
            Pattern.compile("(?:counter|Timer\\s*\\.builder|Counter\\s*\\.builder)\\(\\s*\"(points_[a-z_]+)\"");
    private static final Pattern ROUNDS = Pattern.compile("rounds\\.round\\(\"([a-z_]+)\"\\)");
    private static final Pattern GUARDS = Pattern.compile("figures\\s*\\.guard\\(([^;]+);");
    private static final Pattern OF_QUARANTINE = Pattern.compile("(?m)^ +[A-Z]+\\((\"points_[a-z_]+\"), \"");
    private static final Pattern MUST_BE_0 = Pattern.compile("(?m)^\\| ([^|]+) \\|[^|]*\\|[^|\\n]*must be 0");
    private static final Pattern CODE = Pattern.compile("`(points_[a-z_]+)`");

    private final Map<String, JsonNode> alerts = alerts();

    @Test
    void everyGaugeIsInARuleOrItIsSaidWhyNot() {
        Set<String> gauges = Project.findInServices(".java", NAMES);
        gauges.removeAll(Project.findInServices(".java", COUNTERS));
        assertTrue(gauges.contains("points_ledger_imbalance") && gauges.contains("points_audit_broken_trees"));
        Set<String> decided = new TreeSet<>(inRules());
        decided.addAll(CALL_NOBODY.keySet());
        gauges.removeAll(decided);
        assertEquals(Set.of(), gauges, "gauges that are in no rule");
        Set<String> both = new TreeSet<>(CALL_NOBODY.keySet());
        both.retainAll(inRules());
        assertEquals(Set.of(), both, "gauges that are said to call nobody, and do");
    }

    @Test
    void whatMustBe0HasARuleThatSaysSoAndIsDocumented() {
        Set<String> guards = guards();
        assertTrue(guards.size() >= 7, guards.toString());
        for (String guard : guards) {
            assertTrue(
                    alerts.values().stream()
                            .anyMatch(rule -> expression(rule).equals("max by (namespace) (" + guard + ") > 0")),
                    guard + " must be 0, and no rule says so");
        }
        Set<String> documented = new TreeSet<>();
        MUST_BE_0.matcher(Project.read("docs/operations.md")).results().forEach(row -> CODE.matcher(row.group(1))
                .results()
                .forEach(name -> documented.add(name.group(1))));
        assertEquals(guards, documented);
    }

    @Test
    void everyRuleHasItsTwinForWhenNobodyShowsWhatItLooksAt() {
        Set<String> watched = inRules();
        watched.removeAll(MAY_BE_ABSENT.keySet());
        Map<String, Set<String>> twins = new TreeMap<>();
        for (String name : TWINS) {
            JsonNode rule = alerts.get(name);
            Expression.missed(expression(rule)).forEach(metric -> twins.computeIfAbsent(metric, any -> new TreeSet<>())
                    .add(rule.at("/labels/severity").asText()));
        }
        SHOWN_TOGETHER.forEach((metric, with) -> twins.put(metric, twins.get(with)));
        Set<String> missed = new TreeSet<>(watched);
        missed.removeAll(twins.keySet());
        missed.removeIf(metric -> metric.endsWith("_total"));
        assertEquals(Set.of(), missed, "metrics in rules that nobody misses when they are gone");
        for (JsonNode rule : alerts.values()) {
            if ("page".equals(rule.at("/labels/severity").asText())
                    && !TWINS.contains(rule.path("alert").asText())) {
                for (String metric : Expression.metrics(expression(rule))) {
                    assertTrue(
                            !twins.containsKey(metric) || twins.get(metric).contains("page"),
                            metric + " pages, and its absence does not");
                }
            }
        }
    }

    @Test
    void everyRoundIsInItsRunBook() {
        Set<String> rounds = Project.findInServices(".java", ROUNDS);
        assertTrue(rounds.size() >= 15, rounds.toString());
        String text = Project.read("docs/operations.md");
        String book =
                text.substring(text.indexOf("#### PointsRoundOverdue"), text.indexOf("#### PointsAfterCommitFailed"));
        Set<String> named = new TreeSet<>();
        Pattern.compile("(?m)^\\| (`[^|]+) \\|").matcher(book).results().forEach(row -> Pattern.compile("`([a-z_]+)`")
                .matcher(row.group(1))
                .results()
                .forEach(name -> named.add(name.group(1))));
        named.remove("round");
        assertEquals(rounds, named);
    }

    private static Set<String> guards() {
        Set<String> guards = new TreeSet<>();
        Set<String> calls = Project.findInServices(".java", GUARDS);
        calls.addAll(Project.find("audit-service/src/main", "Work.java", OF_QUARANTINE));
        calls.forEach(call -> NAMES.matcher(call).results().forEach(name -> guards.add(name.group(1))));
        return guards;
    }

    private Set<String> inRules() {
        return alerts.values().stream()
                .filter(rule -> !"PointsGuardBlind".equals(rule.path("alert").asText()))
                .flatMap(rule -> Expression.metrics(expression(rule)).stream())
                .collect(toCollection(TreeSet::new));
    }

    private static String expression(JsonNode rule) {
        return rule.path("expr").asText();
    }

    private static Map<String, JsonNode> alerts() {
        Map<String, JsonNode> found = new TreeMap<>();
        Manifests.each(Manifests.of("prod").one("PrometheusRule", "points").at("/spec/groups"))
                .flatMap(group -> Manifests.each(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .forEach(rule -> found.put(rule.path("alert").asText(), rule));
        return found;
    }
}
