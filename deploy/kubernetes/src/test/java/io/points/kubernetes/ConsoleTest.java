package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The console in a cluster: its own host, its secrets, and whom it may talk to. */
class ConsoleTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    private static final String CONSOLE = "console";
    private static final Pattern IN_PROPERTIES = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");

    private final Manifests manifests = Manifests.of("prod");
    private final JsonNode deployment = manifests.one("Deployment", CONSOLE);

    @Test
    void everythingThatItAsksForIsSetAndNothingElse() {
        Set<String> asked = Project.find("console/src/main", ".properties", IN_PROPERTIES);
        // The image says it.
        asked.remove("QUARKUS_HTTP_PORT");
        Map<String, String> set = Pod.settings(manifests, deployment);
        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(set.keySet());
        assertEquals(Set.of(), missing);
        set.keySet()
                .forEach(name -> assertTrue(
                        asked.contains(name)
                                || name.startsWith("QUARKUS_")
                                || name.equals("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS"),
                        name + " is set, and nothing reads it"));
        assertEquals("true", set.get("POINTS_CONSOLE_SECURE_COOKIES"));
        for (Service service : Service.values()) {
            JsonNode port = manifests.one("Service", service.module()).at("/spec/ports/0/port");
            assertEquals(
                    "http://" + service.module() + ":" + port.asInt(), set.get("POINTS_CONSOLE_" + service.name()));
        }
    }

    /** Whoever may look at a pod sees its environment. */
    @Test
    void itsSecretsAreFilesOfOneSecretThatAPersonMakes() {
        assertEquals(List.of(), deployment.findValues("secretKeyRef"));
        assertEquals(
                Map.of("POINTS_CONSOLE_SECRET", CONSOLE, "POINTS_CONSOLE_COOKIE_KEY", CONSOLE),
                Pod.secretFiles(deployment));
        String operations = Project.read("docs/operations.md");
        assertTrue(operations.contains("client-secret") && operations.contains("cookie-key"));
    }

    @Test
    void itReachesTheServicesAndKeycloakAndNothingElse() {
        JsonNode policy = manifests.one("NetworkPolicy", CONSOLE).path("spec");
        assertEquals(
                Manifests.texts(deployment.at("/spec/selector/matchLabels")),
                Manifests.texts(policy.at("/podSelector/matchLabels")));
        assertEquals(
                List.of(8080, 8443),
                Manifests.each(policy.path("egress"))
                        .map(way -> way.at("/ports/0/port").asInt())
                        .toList());
        for (Service service : Service.values()) {
            assertTrue(letsTheConsoleIn(manifests.one("NetworkPolicy", service.module())), service.module());
        }
        assertTrue(letsTheConsoleIn(manifests.one("NetworkPolicy", "keycloak")));
        assertFalse(letsTheConsoleIn(manifests.one("NetworkPolicy", "billing-db")));
    }

    private static boolean letsTheConsoleIn(JsonNode policy) {
        return Manifests.each(policy.at("/spec/ingress"))
                .flatMap(way -> Manifests.each(way.path("from")))
                .flatMap(peer -> Manifests.each(peer.at("/podSelector/matchExpressions")))
                .filter(expression -> "app.kubernetes.io/component"
                        .equals(expression.path("key").asText()))
                .flatMap(expression -> Manifests.each(expression.path("values")))
                .anyMatch(value -> CONSOLE.equals(value.asText()));
    }

    /** Health and metrics are for the cluster, as those of the services are. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void allButWhatIsForTheClusterLeadsToIt(String overlay) {
        JsonNode route = Manifests.of(overlay).one("HTTPRoute", CONSOLE);
        for (JsonNode rule : route.at("/spec/rules")) {
            Set<String> prefixes = Manifests.each(rule.path("matches"))
                    .map(match -> match.at("/path/value").asText())
                    .collect(toCollection(TreeSet::new));
            if (prefixes.contains("/q")) {
                assertEquals(Set.of("/q"), prefixes);
                assertTrue(rule.path("backendRefs").isMissingNode());
                assertEquals("RequestRedirect", rule.at("/filters/0/type").asText());
            } else {
                assertEquals(CONSOLE, rule.at("/backendRefs/0/name").asText());
                assertEquals(
                        prefixes.contains("/") ? "50s" : "0s",
                        rule.at("/timeouts/request").asText());
            }
        }
        assertEquals(3, route.at("/spec/rules").size());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void itsSelectorsAndPortsFindItsPods(String overlay) {
        Manifests of = Manifests.of(overlay);
        Map<String, String> pod = Manifests.texts(of.one("Deployment", CONSOLE).at("/spec/template/metadata/labels"));
        for (JsonNode selector : List.of(
                of.one("Service", CONSOLE).at("/spec/selector"),
                of.one("PodDisruptionBudget", CONSOLE).at("/spec/selector/matchLabels"))) {
            assertFalse(selector.isEmpty());
            assertTrue(pod.entrySet().containsAll(Manifests.texts(selector).entrySet()));
        }
        JsonNode service = of.one("Service", CONSOLE);
        assertTrue(Manifests.texts(service.at("/metadata/labels"))
                .entrySet()
                .containsAll(Manifests.texts(of.one("ServiceMonitor", CONSOLE).at("/spec/selector/matchLabels"))
                        .entrySet()));
        assertEquals(
                service.at("/spec/ports/0/targetPort"),
                of.one("Deployment", CONSOLE).at("/spec/template/spec/containers/0/ports/0/name"));
    }

    /** The client that docs/operations.md makes is that of the local stack. */
    @Test
    void theClientIsThatOfTheLocalStack() throws IOException {
        JsonNode client = new ObjectMapper().readTree(ConsoleTest.class.getResourceAsStream("/console-client.json"));
        String operations = Project.read("docs/operations.md");
        assertTrue(operations.contains("deploy/local/src/main/resources/console-client.json"));
        assertTrue(operations.contains(client.path("clientId").asText()));
        assertTrue(operations.contains("/bff/callback"));
    }
}
