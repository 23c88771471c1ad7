package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an overlay gets that names {@code base/traces} among a service's components. */
class TracesTest {
    private static final String WITH_TRACES = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
              - ../../../overlays/prod/%s
            components:
              - ../../../base/traces
            """;

    @Test
    void theServiceIsToldWhereSpansGoAndMayGoThere() throws IOException {
        for (Service service : Service.values()) {
            String folder = "target/traces/" + service.module();
            Path file = Project.MANIFESTS.resolve(folder).resolve("kustomization.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, WITH_TRACES.formatted(service.module()));
            Tool.Result result = Tool.KUBECTL.run(Project.MANIFESTS, "kustomize", folder);
            assertEquals(0, result.exitCode(), result.output());
            JsonNode deployment = one(result.output(), "Deployment", service.module());
            URI collector = URI.create(environment(deployment).get("OTEL_EXPORTER_OTLP_ENDPOINT"));
            JsonNode way = one(result.output(), "NetworkPolicy", "traces");
            assertEquals(
                    collector.getPort(), way.at("/spec/egress/0/ports/0/port").asInt());
            assertEquals(
                    collector.getHost().split("\\.")[1],
                    way.at("/spec/egress/0/to/0/namespaceSelector/matchLabels")
                            .path("kubernetes.io/metadata.name")
                            .asText());
            assertEquals(
                    deployment.at("/spec/template/metadata/labels/app.kubernetes.io~1component"),
                    way.at("/spec/podSelector/matchExpressions/0/values/0"));
        }
    }

    @Test
    void withoutItNothingIsSent() {
        Manifests.of("prod")
                .all("Deployment")
                .forEach(deployment -> assertFalse(environment(deployment).containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")));
    }

    private static Map<String, String> environment(JsonNode deployment) {
        return Pod.environment(Manifests.of("prod"), deployment);
    }

    private static JsonNode one(String rendered, String kind, String name) {
        return Manifests.parse(rendered).stream()
                .filter(one -> kind.equals(Manifests.kind(one)) && name.equals(Manifests.name(one)))
                .findFirst()
                .orElseThrow();
    }
}
