package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Ports;
import io.points.local.Service;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One pod has the owner's login, migrates and exits, and reaches nothing but the database; another serves, and has no
 * owner's login. One service stands for all four, the one that reads a topic of its own before it begins: {@link SecuredKafkaIT} migrates and starts each of them.
 */
class MigrationIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Surroundings surroundings;

    @BeforeAll
    static void start() {
        surroundings = Surroundings.withoutKafka(folder);
    }

    @AfterAll
    static void stop() {
        surroundings.close();
    }

    @ParameterizedTest
    @EnumSource(names = "AUDIT")
    void aJobMigratesAndPodsServe(Service service) throws Exception {
        try (Pod migration = Pod.migrating(service, folder, surroundings.ofMigration(service))) {
            assertEquals(0, migration.awaitEnd(), migration::said);
        }
        assertTrue(migrations(service) > 0);

        // Kafka and the identity provider are nowhere, and health does not ask for them.
        Map<String, String> here = surroundings.ofServing(service);
        Certificates foreign = Certificates.in(folder.resolve("foreign-ca"));
        try (KeyServer impostor = new KeyServer(foreign, Ports.anyFree())) {
            int port = impostor.port();
            here.put("QUARKUS_OIDC_AUTH_SERVER_URL", "https://localhost:" + port + "/realms/points");
            try (Pod serving = Pod.serving(service, folder, here)) {
                serving.awaitReady();
                assertEquals(200, serving.status("live"));

                // Signing keys are taken from nobody but whom the authority of the manifest vouches for.
                Awaitility.await().atMost(LONGEST).until(() -> serving.said().contains("keys cannot be fetched from"));
                assertEquals(0, impostor.asked());
                impostor.stop();
                try (KeyServer genuine = new KeyServer(surroundings.certificates(), port)) {
                    Awaitility.await().atMost(LONGEST).until(() -> genuine.asked() > 0);
                }
            }
        }
    }

    @Test
    void aMigrationThatCannotBeDoneFails() throws Exception {
        Map<String, String> wrong = surroundings.ofMigration(Service.ALLOCATION);
        wrong.put("POINTS_DB_OWNER_PASSWORD", "wrong");
        wrong.put("QUARKUS_FLYWAY_OWNER_CONNECT_RETRIES", "0");
        try (Pod migration = Pod.migrating(Service.ALLOCATION, folder, wrong)) {
            assertNotEquals(0, migration.awaitEnd());
        }
    }

    private static int migrations(Service service) throws SQLException {
        return Integer.parseInt(
                surroundings.ask(service, "select count(*)::text from flyway_schema_history where success"));
    }
}
