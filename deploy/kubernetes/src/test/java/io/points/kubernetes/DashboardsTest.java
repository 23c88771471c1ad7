package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Grafana's dashboards: found by its sidecar, under ids that links can rely on, on metrics that exist. */
class DashboardsTest {
    private final JsonNode delivered = Manifests.of("prod").one("ConfigMap", "dashboards");
    private final Map<String, JsonNode> boards = boards();

    @Test
    void theyAreDeliveredToGrafana() {
        assertEquals("1", delivered.at("/metadata/labels/grafana_dashboard").asText());
        assertEquals(Set.of("operations.json", "business.json"), boards.keySet());
    }

    /** A changed id breaks everybody's links. */
    @Test
    void theirIdsStayTheSame() {
        assertEquals(
                "points-operations", boards.get("operations.json").path("uid").asText());
        assertEquals("points-business", boards.get("business.json").path("uid").asText());
        for (JsonNode board : boards.values()) {
            List<Integer> ids =
                    panels(board).map(panel -> panel.path("id").asInt()).toList();
            assertEquals(ids.size(), new HashSet<>(ids).size(), "two panels have one id");
        }
    }

    @Test
    void everyMetricThatTheyNameExists() {
        Set<String> named = expressions()
                .map(Expression::metrics)
                .flatMap(Collection::stream)
                .collect(toCollection(TreeSet::new));
        assertTrue(named.contains("points_pool_balances") && named.contains("points_outbox_oldest_age_seconds"));
        Expression.requireShown(named);
    }

    @Test
    void everySeriesThatTheyNameIsRecorded() {
        Set<String> recorded = new TreeSet<>(
                Manifests.of("prod").one("PrometheusRule", "points").findValuesAsText("record"));
        expressions()
                .forEach(expression -> assertTrue(recorded.containsAll(Expression.recorded(expression)), expression));
    }

    @Test
    void everyPanelShowsSomethingOfAPrometheusThatIsChosen() {
        for (JsonNode board : boards.values()) {
            assertEquals("datasource", board.at("/templating/list/0/name").asText());
            panels(board)
                    .filter(panel -> !"row".equals(panel.path("type").asText()))
                    .forEach(panel -> {
                        assertEquals(
                                "${datasource}",
                                panel.at("/datasource/uid").asText(),
                                panel.path("title").asText());
                        assertTrue(
                                panel.path("targets").size() > 0,
                                panel.path("title").asText());
                        panel.path("targets")
                                .forEach(target -> assertFalse(
                                        Expression.metrics(target.path("expr").asText())
                                                        .isEmpty()
                                                && Expression.recorded(target.path("expr")
                                                                .asText())
                                                        .isEmpty(),
                                        target.toString()));
                    });
        }
    }

    /** Each shows one environment: sums of several are nobody's. */
    @Test
    void everySeriesIsOfTheEnvironmentThatIsChosen() {
        for (JsonNode board : boards.values()) {
            JsonNode variable = board.at("/templating/list/1");
            assertEquals("namespace", variable.path("name").asText());
            assertFalse(variable.path("includeAll").asBoolean()
                    || variable.path("multi").asBoolean());
        }
        expressions().forEach(expression -> {
            Set<String> series = new TreeSet<>(Expression.metrics(expression));
            series.addAll(Expression.recorded(expression));
            for (String name : series) {
                assertEquals(
                        expression.split("\\b" + name + "\\b", -1).length,
                        expression.split("\\b" + name + "\\{namespace=~\"\\$namespace\"[,}]", -1).length,
                        expression);
            }
        });
    }

    @Test
    void nothingTellsTenantsOrPeopleApart() {
        expressions()
                .forEach(expression ->
                        assertFalse(expression.contains("tenant") || expression.contains("user"), expression));
    }

    private Map<String, JsonNode> boards() {
        Map<String, JsonNode> found = new TreeMap<>();
        Manifests.texts(delivered.path("data")).forEach((name, text) -> found.put(name, json(text)));
        return found;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stream<String> expressions() {
        return boards.values().stream().flatMap(board -> board.findValuesAsText("expr").stream());
    }

    private static Stream<JsonNode> panels(JsonNode board) {
        return Manifests.each(board.path("panels"));
    }
}
