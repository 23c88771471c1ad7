package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who may talk to whom: a way out is of use only if there is a way in at its other end, and the other way round. */
class NetworkTest {
    private static final int POSTGRESQL = 5432;
    private static final int HTTP = 8080;
    private static final int HTTPS = 8443;

    private final Manifests manifests = Manifests.of("prod");

    @Test
    void aServiceReachesItsOwnDatabaseAndNoOther() {
        for (Service service : Service.values()) {
            for (Service other : Service.values()) {
                Map<String, String> database = Map.of("cnpg.io/cluster", other.database() + "-db");
                assertEquals(
                        service == other, connects(serving(service), database, POSTGRESQL), service + " to " + other);
                assertEquals(service == other, connects(migrating(service), database, POSTGRESQL));
            }
            assertFalse(connects(serving(service), Map.of("cnpg.io/cluster", "keycloak-db"), POSTGRESQL));
        }
    }

    @Test
    void aServiceReachesKeycloakAndAMigrationDoesNot() {
        Map<String, String> keycloak = Map.of("app", "keycloak");
        for (Service service : Service.values()) {
            assertTrue(connects(serving(service), keycloak, HTTPS));
            assertFalse(connects(serving(service), keycloak, HTTP));
            assertFalse(connects(migrating(service), keycloak, HTTPS));
            assertEquals("keycloak", Manifests.name(manifests.one("Keycloak", "keycloak")));
        }
    }

    @Test
    void servicesDoNotCallEachOther() {
        for (Service service : Service.values()) {
            for (Service other : Service.values()) {
                assertFalse(connects(serving(service), serving(other), HTTP));
            }
        }
    }

    @Test
    void aServiceReachesKafkaAndAMigrationDoesNot() {
        Map<String, String> broker = Map.of("strimzi.io/name", "points-kafka", "strimzi.io/cluster", "points");
        JsonNode peers = Manifests.each(manifests.one("Kafka", "points").at("/spec/kafka/listeners"))
                .filter(listener -> "tls".equals(listener.path("name").asText()))
                .findFirst()
                .orElseThrow()
                .path("networkPolicyPeers");
        for (Service service : Service.values()) {
            // Strimzi makes the way in of the listener's peers.
            assertTrue(mayLeave(serving(service), broker, 9093));
            assertTrue(Manifests.each(peers).anyMatch(peer -> selects(peer.path("podSelector"), serving(service))));
            assertFalse(mayLeave(migrating(service), broker, 9093));
        }
    }

    @Test
    void databasesReachTheirOtherInstances() {
        for (String name : manifests.names("Cluster")) {
            Map<String, String> database = Map.of("cnpg.io/cluster", name);
            assertTrue(connects(database, database, POSTGRESQL), name);
        }
        assertFalse(connects(
                Map.of("cnpg.io/cluster", "billing-db"), Map.of("cnpg.io/cluster", "allocation-db"), POSTGRESQL));
        assertTrue(connects(Map.of("app", "keycloak"), Map.of("cnpg.io/cluster", "keycloak-db"), POSTGRESQL));
    }

    /** Neither a way in nor a way out is open to anywhere, and each listener of Kafka names its clients. */
    @Test
    void everyEdgeSaysWho() {
        for (JsonNode policy : manifests.all("NetworkPolicy")) {
            String title = Manifests.title(policy);
            for (String[] way : new String[][] {{"ingress", "from"}, {"egress", "to"}}) {
                for (JsonNode edge : policy.path("spec").path(way[0])) {
                    assertFalse(edge.path(way[1]).isEmpty(), title);
                    edge.path(way[1]).forEach(peer -> assertSaysWho(peer, title));
                }
            }
        }
        for (JsonNode listener : manifests.one("Kafka", "points").at("/spec/kafka/listeners")) {
            String title = "listener " + listener.path("name").asText();
            assertFalse(listener.path("networkPolicyPeers").isEmpty(), title);
            listener.path("networkPolicyPeers").forEach(peer -> assertSaysWho(peer, title));
        }
        JsonNode external = Manifests.each(manifests.one("Kafka", "points").at("/spec/kafka/listeners"))
                .filter(listener -> "loadbalancer".equals(listener.path("type").asText()))
                .findFirst()
                .orElseThrow();
        assertEquals(
                external.at("/networkPolicyPeers/0/ipBlock/cidr"),
                external.at("/configuration/loadBalancerSourceRanges/0"));
        // Or the broker's policy would see a node instead of the caller.
        assertEquals(
                "Local", external.at("/configuration/externalTrafficPolicy").asText());
    }

    private static void assertSaysWho(JsonNode peer, String title) {
        assertFalse(peer.isEmpty(), title);
        assertFalse(peer.at("/ipBlock/cidr").asText().endsWith("/0"), title);
    }

    private boolean connects(Map<String, String> from, Map<String, String> to, int port) {
        return mayLeave(from, to, port) && lets(to, "ingress", "from", from, port);
    }

    private boolean mayLeave(Map<String, String> from, Map<String, String> to, int port) {
        return lets(from, "egress", "to", to, port);
    }

    /** Whether any policy of a pod lets a peer pass by a port. All pods have the policy that lets nobody pass. */
    private boolean lets(Map<String, String> pod, String way, String peers, Map<String, String> peer, int port) {
        return manifests.all("NetworkPolicy").stream()
                .map(policy -> policy.path("spec"))
                .filter(policy -> selects(policy.path("podSelector"), pod))
                .flatMap(policy -> Manifests.each(policy.path(way)))
                .filter(rule -> Manifests.each(rule.path("ports"))
                        .anyMatch(one -> one.path("port").asInt() == port))
                .flatMap(rule -> Manifests.each(rule.path(peers)))
                .filter(one -> one.has("podSelector") && !one.has("namespaceSelector"))
                .anyMatch(one -> selects(one.path("podSelector"), peer));
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        if (selector.isMissingNode()) {
            return false;
        }
        boolean exact = labels.entrySet()
                .containsAll(Manifests.texts(selector.path("matchLabels")).entrySet());
        return exact
                && Manifests.each(selector.path("matchExpressions")).allMatch(expression -> {
                    String value = labels.get(expression.path("key").asText());
                    return "Exists".equals(expression.path("operator").asText())
                            ? value != null
                            : Manifests.each(expression.path("values"))
                                    .anyMatch(one -> one.asText().equals(value));
                });
    }

    private Map<String, String> serving(Service service) {
        return labels(manifests.one("Deployment", service.module()));
    }

    private Map<String, String> migrating(Service service) {
        return labels(manifests.migration(service));
    }

    private static Map<String, String> labels(JsonNode workload) {
        return new TreeMap<>(Manifests.texts(workload.at("/spec/template/metadata/labels")));
    }
}
