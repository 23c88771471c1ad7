package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What our own pods may do, and what is looked at to see how they are. */
class PodsTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    private static final Pattern LIVENESS = Pattern.compile("(@Liveness)\\b");

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theyAreRestricted(String overlay) {
        for (JsonNode workload : workloads(overlay)) {
            JsonNode pod = workload.at("/spec/template/spec");
            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
            assertTrue(pod.at("/securityContext/runAsUser").asInt() > 0);
            assertEquals(
                    "RuntimeDefault",
                    pod.at("/securityContext/seccompProfile/type").asText());
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            assertFalse(pod.path("enableServiceLinks").asBoolean(true), "Kafka's client reads KAFKA_ variables");
            for (JsonNode container : pod.path("containers")) {
                JsonNode context = container.path("securityContext");
                assertFalse(context.path("allowPrivilegeEscalation").asBoolean(true));
                assertTrue(context.path("readOnlyRootFilesystem").asBoolean());
                assertEquals("ALL", context.at("/capabilities/drop/0").asText());
                assertTrue(container.at("/resources/requests").has("cpu"));
                assertEquals(container.at("/resources/requests/memory"), container.at("/resources/limits/memory"));
                assertFalse(container.path("image").asText().endsWith(":latest"));
                assertTrue(container.path("image").asText().matches("registry\\.example\\.com/points/[a-z-]+:[^:]+"));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aRestartIsForWhatARestartMends(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (JsonNode deployment : manifests.all("Deployment")) {
            JsonNode container = deployment.at("/spec/template/spec/containers/0");
            assertEquals(
                    "/q/health/started",
                    container.at("/startupProbe/httpGet/path").asText());
            assertEquals(
                    "/q/health/ready",
                    container.at("/readinessProbe/httpGet/path").asText());
            assertEquals(
                    "/q/health/live",
                    container.at("/livenessProbe/httpGet/path").asText());
            boolean isScaled = manifests.names("ScaledObject").contains(Manifests.name(deployment));
            assertEquals(
                    !isScaled, deployment.path("spec").has("replicas"), "the ScaledObject decides, if there is one");
        }
        assertEquals(List.of(), Manifests.of(overlay).all("HorizontalPodAutoscaler"));
        // Whatever looks at the database or at Kafka is readiness, at most.
        assertEquals(Set.of(), Project.findInServices(".java", LIVENESS));
    }

    @Test
    void nobodyTalksUnlessAPolicySaysSo() {
        Manifests manifests = Manifests.of("prod");
        JsonNode deny = manifests.one("NetworkPolicy", "default-deny").path("spec");
        assertTrue(deny.path("podSelector").isEmpty());
        assertEquals(2, deny.path("policyTypes").size());
        assertFalse(deny.has("ingress") || deny.has("egress"));
        for (JsonNode policy : manifests.all("NetworkPolicy")) {
            for (JsonNode edge : policy.findValues("from")) {
                edge.forEach(peer -> assertFalse(
                        peer.path("podSelector").isEmpty()
                                && peer.path("namespaceSelector").isEmpty(),
                        Manifests.title(policy) + " lets everybody in"));
            }
        }
    }

    private static List<JsonNode> workloads(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        return Stream.concat(manifests.all("Deployment").stream(), manifests.all("Job").stream())
                .toList();
    }
}
