package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Databases;
import io.points.local.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The databases and their logins, against those that the code uses. */
class DatabasesTest {
    /** An old version runs on while these are done; after a release that no longer needs what goes, they may be. */
    private static final Pattern CONTRACTS = Pattern.compile(
            "(?im)^\\s*(?:drop\\s+(?:table|view|function)|alter\\s+table\\s[^;]*\\b(?:drop\\s+column|rename|alter\\s+column\\s+\\w+\\s+(?:type|set\\s+not\\s+null)))");

    private final Manifests manifests = Manifests.of("prod");

    @Test
    void eachServiceHasItsOwnWithTheLoginsThatItUses() {
        for (Service service : Service.values()) {
            JsonNode spec = database(service).path("spec");
            JsonNode init = spec.at("/bootstrap/initdb");
            assertEquals(service.database(), init.path("database").asText());
            assertEquals(service.ownerLogin(), init.path("owner").asText());
            JsonNode app = spec.at("/managed/roles/0");
            assertEquals(service.appLogin(), app.path("name").asText());
            for (String right : List.of("superuser", "createdb", "createrole", "replication")) {
                assertTrue(app.has(right) && !app.path(right).asBoolean(), right);
            }
            assertEquals(
                    passwordOf(manifests.one("Deployment", service.module()), "POINTS_DB_APP_PASSWORD"),
                    app.at("/passwordSecret/name").asText());
            assertEquals(
                    passwordOf(manifests.migration(service), "POINTS_DB_OWNER_PASSWORD"),
                    init.at("/secret/name").asText());
            assertEquals(
                    Manifests.name(database(service)) + "-rw",
                    manifests.all("ConfigMap").stream()
                            .filter(one -> Manifests.name(one).startsWith(service.database() + "-config"))
                            .findFirst()
                            .orElseThrow()
                            .at("/data/POINTS_DB_HOST")
                            .asText());
        }
    }

    @Test
    void theAppsLimitsAreThoseOfTheCode() {
        for (Service service : Service.values()) {
            String statements = database(service)
                    .at("/spec/bootstrap/initdb/postInitApplicationSQL")
                    .toString();
            for (String setting : Databases.APP_SETTINGS) {
                String limit = "ALTER ROLE " + service.appLogin() + " SET " + setting.replace("=", " = ");
                assertTrue(statements.contains(limit), limit);
            }
            assertTrue(statements.contains("REVOKE ALL ON DATABASE " + service.database() + " FROM PUBLIC"));
            assertTrue(statements.contains("ALTER SCHEMA public OWNER TO " + service.ownerLogin()));
        }
    }

    @Test
    void aFailoverLosesNoCommit() {
        for (Service service : Service.values()) {
            JsonNode spec = database(service).path("spec");
            assertEquals(3, spec.path("instances").asInt());
            JsonNode synchronous = spec.at("/postgresql/synchronous");
            assertEquals(1, synchronous.path("number").asInt());
            assertEquals("required", synchronous.path("dataDurability").asText());
        }
    }

    @Test
    void thereAreConnectionsForAllInstances() {
        for (Service service : Service.values()) {
            int most = manifests
                    .one("ScaledObject", service.module())
                    .at("/spec/maxReplicaCount")
                    .asInt();
            int each = manifests.all("ConfigMap").stream()
                    .filter(one -> Manifests.name(one).startsWith(service.database() + "-config"))
                    .findFirst()
                    .orElseThrow()
                    .at("/data/POINTS_DB_POOL")
                    .asInt();
            int all = database(service)
                    .at("/spec/postgresql/parameters/max_connections")
                    .asInt();
            // One instance more during a roll-out, and 20 for everybody else.
            assertTrue((most + 1) * each + 20 <= all, service + " may need more than " + all);
        }
    }

    /** See "Migrations" in docs/operations.md. */
    @Test
    void migrationsExpandAndOnlyThoseThatSaySoContract() {
        Set<String> contracting = new TreeSet<>();
        migrations()
                .filter(file -> !file.getFileName().toString().contains("__contract_"))
                .filter(file -> CONTRACTS.matcher(Project.read(file)).find())
                .forEach(file -> contracting.add(file.toString()));
        assertEquals(Set.of(), contracting);
    }

    private static Stream<Path> migrations() {
        return Stream.concat(Stream.of("platform"), Stream.of(Service.values()).map(Service::module))
                .flatMap(module -> Project.files(module + "/src/main/resources/db", ".sql").stream());
    }

    private JsonNode database(Service service) {
        return manifests.one("Cluster", service.database() + "-db");
    }

    private static String passwordOf(JsonNode workload, String variable) {
        return Pod.secretFiles(workload).get(variable);
    }
}
