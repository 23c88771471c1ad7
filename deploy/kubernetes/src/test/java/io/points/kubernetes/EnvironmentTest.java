package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands in a pod's environment, against what the code asks for. */
class EnvironmentTest {
    /** Asked for by the code and left at their defaults in a cluster. */
    private static final Set<String> LEFT_ALONE = Set.of(
            // Faults on order, in no production.
            "POINTS_FAULT_POINTS_FOLDER",
            // Where traces go is a matter of the cluster: docs/operations.md says how to set it.
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_TRACES_SAMPLER_ARG",
            // Fit for a cluster as they are.
            "POINTS_KAFKA_SESSION_TIMEOUT_MS",
            "POINTS_KAFKA_HEARTBEAT_MS");

    private static final Pattern IN_PROPERTIES = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");
    private static final Pattern IN_CODE = Pattern.compile("\\b(POINTS_[A-Z_]+[A-Z])\\b");

    private final Manifests manifests = Manifests.of("prod");

    @Test
    void aPodIsToldNothingThatNobodyAsksFor() {
        for (Service service : Service.values()) {
            Set<String> asked = asked(service);
            for (Map<String, String> environment : Set.of(serving(service), migrating(service))) {
                for (String name : environment.keySet()) {
                    assertTrue(
                            asked.contains(name) || Documented.variable(name),
                            name + " is set for " + service.module() + ", and nothing reads it");
                }
            }
        }
    }

    @Test
    void whatTheCodeAsksForIsSet() {
        for (Service service : Service.values()) {
            Set<String> missing = asked(service);
            missing.removeAll(LEFT_ALONE);
            missing.removeAll(serving(service).keySet());
            // Only the migration has the owner's login.
            assertEquals(Set.of("POINTS_DB_OWNER_PASSWORD"), missing, service.module());
            assertTrue(migrating(service).containsKey("POINTS_DB_OWNER_PASSWORD"));
        }
    }

    @Test
    void aServingPodDoesNotMigrateAndAMigrationServesNobody() {
        for (Service service : Service.values()) {
            assertEquals("false", serving(service).get("QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START"));
            assertFalse(serving(service).containsKey("QUARKUS_INIT_AND_EXIT"));
            assertEquals("true", migrating(service).get("QUARKUS_INIT_AND_EXIT"));
            assertFalse(migrating(service).containsKey("QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START"));
            assertFalse(migrating(service).containsKey("POINTS_DB_APP_PASSWORD"));
        }
    }

    /** Whoever may look at a pod sees its environment, and every process inherits it. */
    @Test
    void passwordsAndKeysComeFromFiles() {
        for (String overlay : Manifests.OVERLAYS) {
            Manifests rendered = Manifests.of(overlay);
            for (Service service : Service.values()) {
                for (JsonNode workload :
                        List.of(rendered.one("Deployment", service.module()), rendered.migration(service))) {
                    assertEquals(List.of(), workload.findValues("secretKeyRef"), Manifests.title(workload));
                    assertEquals(List.of(), workload.findValues("secretRef"), Manifests.title(workload));
                    JsonNode mount = Manifests.each(workload.at("/spec/template/spec/containers/0/volumeMounts"))
                            .filter(one -> "secrets".equals(one.path("name").asText()))
                            .findFirst()
                            .orElseThrow();
                    assertEquals(
                            Pod.environment(rendered, workload).get("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS"),
                            mount.path("mountPath").asText());
                }
            }
        }
        assertEquals(
                "audit-keys",
                Pod.secretFiles(manifests.one("Deployment", Service.AUDIT.module()))
                        .get("points.audit.signing-key"));
    }

    @Test
    void onlyKnownPathsAreNamed() {
        for (Service service : Service.values()) {
            JsonNode pod = manifests.one("Deployment", service.module()).at("/spec/template/spec");
            Set<String> mounted = new TreeSet<>(pod.findValuesAsText("mountPath"));
            serving(service)
                    .forEach((name, value) -> assertTrue(
                            !value.startsWith("/etc/points/")
                                    || mounted.contains(value)
                                    || mounted.contains(value.replaceAll("/[^/]*$", "")),
                            name + " is " + value + ", and nothing is mounted there"));
        }
    }

    private static Set<String> asked(Service service) {
        Set<String> asked = new TreeSet<>();
        for (String module : Set.of("platform", service.module())) {
            asked.addAll(Project.find(module + "/src/main", ".properties", IN_PROPERTIES));
            asked.addAll(Project.find(module + "/src/main", ".java", IN_CODE));
        }
        asked.remove("QUARKUS_HTTP_PORT");
        return asked;
    }

    private Map<String, String> serving(Service service) {
        return Pod.settings(manifests, manifests.one("Deployment", service.module()));
    }

    private Map<String, String> migrating(Service service) {
        return Pod.settings(manifests, manifests.migration(service));
    }
}
