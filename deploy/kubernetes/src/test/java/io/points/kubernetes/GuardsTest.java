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
            Map.entry(
                    "points_audit_seal_lag_seconds",
                    "points_audit_unsealed_age_seconds is in a rule, and does not need a sealer"),
            Map.entry("points_http_open_requests", "load; too much of it is refused with 503, which is in a rule"),
            Map.entry("points_outbox_waiting", "points_outbox_oldest_age_seconds is in a rule"),
            Map.entry("points_pool_balances", "business"),
            Map.entry("points_pool_moved_points", "business"),
            Map.entry("points_sagas_open", "points_sagas_oldest_age_seconds is in a rule"),
            Map.entry("points_table_rows", "growth"),
            Map.entry("points_table_size_bytes", "growth; a volume that fills is in a rule"),
            Map.entry("points_wallet_points", "business"));

    /** Gauges in rules that may be absent while all is well, and why nobody is called then. */
    private static final Map<String, String> MAY_BE_ABSENT = Map.of(
            "points_audit_last_checkpoint_timestamp_seconds", "there is none before the first seal",
            "points_round_last_success_timestamp_seconds", "of the process itself: it is there as long as up is 1");

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
                    alerts.values().stream().anyMatch(rule -> expression(rule).equals("max(" + guard + ") > 0")),
                    guard + " must be 0, and no rule says so");
        }
        Set<String> documented = new TreeSet<>();
        MUST_BE_0.matcher(Project.read("docs/operations.md")).results().forEach(row -> CODE.matcher(row.group(1))
                .results()
                .forEach(name -> documented.add(name.group(1))));
        assertEquals(guards, documented);
    }

    @Test
    void everyRuleOnAGaugeHasItsTwinForWhenNobodyShowsIt() {
        Set<String> ofCode = Project.findInServices(".java", NAMES);
        ofCode.removeAll(Project.findInServices(".java", COUNTERS));
        Set<String> watched = inRules();
        watched.retainAll(ofCode);
        watched.removeAll(MAY_BE_ABSENT.keySet());
        Set<String> twins = new TreeSet<>();
        for (String name : List.of("PointsDatabaseAway", "PointsGuardBlind")) {
            assertEquals("page", alerts.get(name).at("/labels/severity").asText());
            twins.addAll(Pattern.compile("unless on \\(job\\) max by \\(job\\) \\((points_[a-z_]+)\\)")
                    .matcher(expression(alerts.get(name)))
                    .results()
                    .map(found -> found.group(1))
                    .toList());
        }
        watched.removeAll(twins);
        assertEquals(Set.of(), watched, "gauges in rules that nobody misses when they are gone");
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
