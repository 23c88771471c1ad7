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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a manifest names has to exist under that name. */
class ReferencesTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    /** Kinds that belong to no namespace. */
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everySelectorFindsPods(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (Service service : Service.values()) {
            Map<String, String> pod = labelsOfPods(manifests.one("Deployment", service.module()));
            assertSelects(pod, manifests.one("Deployment", service.module()).at("/spec/selector/matchLabels"));
            assertSelects(pod, manifests.one("Service", service.module()).at("/spec/selector"));
            assertSelects(
                    pod, manifests.one("PodDisruptionBudget", service.module()).at("/spec/selector/matchLabels"));
            assertSelects(pod, manifests.one("NetworkPolicy", service.module()).at("/spec/podSelector/matchLabels"));
            assertSelects(
                    Manifests.texts(manifests.one("Service", service.module()).at("/metadata/labels")),
                    manifests.one("ServiceMonitor", service.module()).at("/spec/selector/matchLabels"));
            JsonNode job = manifests.migration(service);
            assertSelects(
                    labelsOfPods(job),
                    manifests
                            .one("NetworkPolicy", service.database() + "-migration")
                            .at("/spec/podSelector/matchLabels"));
            assertFalse(
                    labelsOfPods(job)
                            .entrySet()
                            .containsAll(Manifests.texts(manifests
                                            .one("Service", service.module())
                                            .at("/spec/selector"))
                                    .entrySet()),
                    "a migration must get no requests");
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyPortIsThere(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (Service service : Service.values()) {
            JsonNode port = manifests.one("Service", service.module()).at("/spec/ports/0");
            JsonNode container = manifests.one("Deployment", service.module()).at("/spec/template/spec/containers/0");
            assertEquals(port.path("targetPort"), container.at("/ports/0/name"));
            assertEquals(
                    port.path("name"),
                    manifests.one("ServiceMonitor", service.module()).at("/spec/endpoints/0/port"));
            assertEquals(
                    container.at("/ports/0/containerPort"),
                    manifests.one("NetworkPolicy", service.module()).at("/spec/ingress/0/ports/0/port"));
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertEquals(port.path("targetPort"), container.path(probe).at("/httpGet/port"));
            }
            JsonNode route = manifests.one("HTTPRoute", service.module());
            route.at("/spec/rules").forEach(rule -> {
                assertEquals(service.module(), rule.at("/backendRefs/0/name").asText());
                assertEquals(port.path("port"), rule.at("/backendRefs/0/port"));
            });
            assertEquals(
                    service.module(),
                    manifests
                            .one("ScaledObject", service.module())
                            .at("/spec/scaleTargetRef/name")
                            .asText());
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyRouteHasItsListener(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        JsonNode gateway = manifests.one("Gateway", "points");
        for (JsonNode route : manifests.all("HTTPRoute")) {
            JsonNode parent = route.at("/spec/parentRefs/0");
            assertEquals("points", parent.path("name").asText());
            JsonNode listener = Manifests.each(gateway.at("/spec/listeners"))
                    .filter(one -> one.path("name").equals(parent.path("sectionName")))
                    .findFirst()
                    .orElseThrow();
            assertEquals(listener.path("hostname"), route.at("/spec/hostnames/0"), Manifests.title(route));
            assertEquals("HTTPS", listener.path("protocol").asText());
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyObjectThatIsNamedExists(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (JsonNode manifest : manifests.all()) {
            for (JsonNode reference : manifest.findValues("configMapRef")) {
                manifests.one("ConfigMap", reference.path("name").asText());
            }
            for (String account : manifest.findValuesAsText("serviceAccountName")) {
                manifests.one("ServiceAccount", account);
            }
            for (JsonNode reference : manifest.findValues("authenticationRef")) {
                manifests.one("TriggerAuthentication", reference.path("name").asText());
            }
            for (String store : manifest.findValuesAsText("barmanObjectName")) {
                manifests.one("ObjectStore", store);
            }
        }
        for (JsonNode backup : manifests.all("ScheduledBackup")) {
            manifests.one("Cluster", backup.at("/spec/cluster/name").asText());
        }
        assertEquals(
                manifests.names("Cluster"),
                manifests.all("ScheduledBackup").stream()
                        .map(backup -> backup.at("/spec/cluster/name").asText())
                        .sorted()
                        .toList(),
                "each database is backed up");
    }

    /** An operator makes it from another manifest, or docs/operations.md says how a person makes it. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everySecretComesFromSomewhere(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Set<String> made = new TreeSet<>(manifests.names("KafkaUser"));
        manifests.names("Kafka").forEach(kafka -> made.add(kafka + "-cluster-ca-cert"));
        manifests.names("Cluster").forEach(database -> made.add(database + "-ca"));
        manifests
                .all("Certificate")
                .forEach(certificate ->
                        made.add(certificate.at("/spec/secretName").asText()));
        String operations = Project.read("docs/operations.md");
        for (String secret : secrets(manifests)) {
            assertTrue(
                    made.contains(secret) || operations.contains("`" + secret + "`"),
                    "docs/operations.md does not say where the Secret " + secret + " comes from");
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void allIsInOneNamespaceWhichIsNamedOnce(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        String namespace = manifests.names("Namespace").get(0);
        manifests.all().stream()
                .filter(one -> !CLUSTER_WIDE.contains(Manifests.kind(one)))
                .forEach(one ->
                        assertEquals(namespace, one.at("/metadata/namespace").asText(), Manifests.title(one)));
        manifests.all("ScaledObject").stream()
                .flatMap(one -> one.findValuesAsText("bootstrapServers").stream())
                .forEach(broker -> assertEquals("points-kafka-bootstrap." + namespace + ".svc:9093", broker));
        assertEquals(
                0,
                manifests.all("ConfigMap").stream()
                        .filter(one -> "settings".equals(Manifests.name(one)))
                        .count());
    }

    @Test
    void eachServiceCanBeAppliedAlone() {
        for (Service service : Service.values()) {
            Manifests alone = Manifests.of("prod/" + service.module());
            assertTrue(alone.all().stream().allMatch(one -> service.module()
                    .equals(one.at("/metadata/labels")
                            .path("app.kubernetes.io/name")
                            .asText())));
            assertEquals(List.of(service.module()), alone.names("Deployment"));
            assertTrue(Manifests.of("prod").all().containsAll(alone.all()));
        }
    }

    private static Set<String> secrets(Manifests manifests) {
        Stream<JsonNode> references = manifests.all().stream()
                .flatMap(one -> Stream.of(
                                "secretKeyRef",
                                "passwordSecret",
                                "usernameSecret",
                                "accessKeyId",
                                "secretAccessKey",
                                "secretTargetRef",
                                "certificateRefs",
                                "secret")
                        .flatMap(field -> one.findValues(field).stream()))
                .flatMap(one -> one.isArray() ? Manifests.each(one) : Stream.of(one));
        return references
                .map(one -> one.has("secretName")
                        ? one.path("secretName").asText()
                        : one.path("name").asText())
                .collect(toSet());
    }

    private static Map<String, String> labelsOfPods(JsonNode workload) {
        return Manifests.texts(workload.at("/spec/template/metadata/labels"));
    }

    private static void assertSelects(Map<String, String> labels, JsonNode selector) {
        assertFalse(selector.isEmpty(), "an empty selector selects everything");
        assertTrue(
                labels.entrySet().containsAll(Manifests.texts(selector).entrySet()),
                selector + " does not select " + labels);
    }
}
