package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an overlay gets that names {@code base/traces} among the components of services. */
class TracesTest {
    private static final int ALL = (1 << Service.values().length) - 1;

    /** Each combination of services that send their traces, as bits. */
    static IntStream combinations() {
        return IntStream.rangeClosed(1, ALL);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theServicesAreToldWhereSpansGoAndMayGoThere(int combination) {
        assertTold(Overlay.copyOf("prod", "traces-" + combination), combination);
    }

    @Test
    void itDependsOnNoNamespace() {
        assertTold(Overlay.copyOf("dev", "traces"), ALL);
    }

    private static void assertTold(Overlay overlay, int combination) {
        Arrays.stream(Service.values())
                .filter(service -> sends(service, combination))
                .forEach(service -> overlay.edit(
                        service.module() + "/kustomization.yaml",
                        "  - ../settings\n",
                        "  - ../settings\n  - ../../../base/traces\n"));
        Manifests manifests = overlay.render();
        String namespace = manifests.names("Namespace").get(0);
        for (Service service : Service.values()) {
            JsonNode deployment = manifests.one("Deployment", service.module());
            String endpoint = Pod.environment(manifests, deployment).get("OTEL_EXPORTER_OTLP_ENDPOINT");
            assertEquals(sends(service, combination), endpoint != null, service.module());
            if (endpoint != null) {
                JsonNode policy = manifests.one("NetworkPolicy", service.module());
                assertEquals(namespace, policy.at("/metadata/namespace").asText());
                assertTrue(letsOut(policy, URI.create(endpoint)), endpoint);
            }
        }
    }

    @Test
    void withoutItNothingIsSent() {
        Manifests manifests = Manifests.of("prod");
        for (JsonNode deployment : manifests.all("Deployment")) {
            Map<String, String> environment = Pod.environment(manifests, deployment);
            assertFalse(environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
        }
    }

    private static boolean sends(Service service, int combination) {
        return (combination >> service.ordinal() & 1) == 1;
    }

    private static boolean letsOut(JsonNode policy, URI collector) {
        String namespace = collector.getHost().split("\\.")[1];
        return Manifests.each(policy.at("/spec/egress"))
                .filter(way -> way.at("/ports/0/port").asInt() == collector.getPort())
                .anyMatch(way -> namespace.equals(way.at("/to/0/namespaceSelector/matchLabels")
                        .path("kubernetes.io/metadata.name")
                        .asText()));
    }
}
