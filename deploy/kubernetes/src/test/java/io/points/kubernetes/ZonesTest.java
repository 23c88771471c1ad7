package io.points.kubernetes;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That a zone can be lost: what is more than one is in more than one zone. */
class ZonesTest {
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Manifests manifests = Manifests.of("prod");

    @Test
    void whatHoldsStateHasEachCopyInAZoneOfItsOwn() {
        for (JsonNode database : manifests.all("Cluster")) {
            assertEquals(3, database.at("/spec/instances").asInt());
            assertSpread(
                    database.at("/spec/topologySpreadConstraints"),
                    Map.of("cnpg.io/cluster", Manifests.name(database)),
                    "DoNotSchedule");
        }
        assertEquals(
                3, manifests.one("KafkaNodePool", "nodes").at("/spec/replicas").asInt());
        assertSpread(
                manifests.one("KafkaNodePool", "nodes").at("/spec/template/pod/topologySpreadConstraints"),
                Map.of("strimzi.io/name", "points-kafka"),
                "DoNotSchedule");
        // Copies of a partition are put on brokers by what this says of them.
        assertEquals(
                ZONE,
                manifests
                        .one("Kafka", "points")
                        .at("/spec/kafka/rack/topologyKey")
                        .asText());
    }

    @Test
    void whatHoldsNoneIsSpreadAsFarAsItGoes() {
        assertSpread(
                manifests.one("Keycloak", "keycloak").at("/spec/scheduling/topologySpreadConstraints"),
                Map.of("app", "keycloak"),
                "ScheduleAnyway");
        for (Service service : Service.values()) {
            JsonNode template = manifests.one("Deployment", service.module()).at("/spec/template");
            assertSpread(
                    template.at("/spec/topologySpreadConstraints"),
                    Manifests.texts(template.at("/metadata/labels")),
                    "ScheduleAnyway");
        }
    }

    /** Strimzi and CloudNativePG make their own. */
    @Test
    void aDrainedNodeTakesOneOfEachAtATime() {
        Set<String> budgets = Set.copyOf(manifests.names("PodDisruptionBudget"));
        for (Service service : Service.values()) {
            assertTrue(budgets.contains(service.module()));
        }
        JsonNode keycloak = manifests.one("PodDisruptionBudget", "keycloak");
        assertEquals(1, keycloak.at("/spec/maxUnavailable").asInt());
        assertEquals(Map.of("app", "keycloak"), Manifests.texts(keycloak.at("/spec/selector/matchLabels")));
        assertFalse(manifests.all("Cluster").stream()
                .anyMatch(database -> database.at("/spec/enablePDB").isBoolean()));
    }

    /** A development cluster often has one zone, and nodes without a label for it. */
    @Test
    void inDevelopmentNothingWaitsForZones() {
        List<JsonNode> constraints = Manifests.of("dev").all().stream()
                .flatMap(one -> one.findValues("topologySpreadConstraints").stream())
                .flatMap(Manifests::each)
                .toList();
        assertEquals(
                Set.of("ScheduleAnyway"),
                constraints.stream()
                        .map(one -> one.path("whenUnsatisfiable").asText())
                        .collect(toSet()));
        assertFalse(Manifests.of("dev").one("Kafka", "points").at("/spec/kafka").has("rack"));
    }

    private static void assertSpread(JsonNode constraints, Map<String, String> pod, String otherwise) {
        JsonNode byZone = Manifests.each(constraints)
                .filter(one -> ZONE.equals(one.path("topologyKey").asText()))
                .findFirst()
                .orElseThrow();
        assertEquals(1, byZone.path("maxSkew").asInt());
        assertEquals(otherwise, byZone.path("whenUnsatisfiable").asText());
        Map<String, String> selected = Manifests.texts(byZone.at("/labelSelector/matchLabels"));
        assertFalse(selected.isEmpty());
        assertTrue(pod.entrySet().containsAll(selected.entrySet()), pod + " is not selected by " + selected);
    }
}
