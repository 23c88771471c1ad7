package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.AuditKeys;
import io.points.local.Databases;
import io.points.local.LocalPostgres;
import io.points.local.Passwords;
import io.points.local.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As in Kubernetes: one process has the owner's login, migrates and exits, and reaches nothing but the database; another
 * serves, and has no owner's login.
 */
class MigrationIT {

    private static final int LONGEST_MIGRATION_SECONDS = 120;
    private static final String NOWHERE = "127.0.0.1:1";

    @TempDir
    static Path folder;

    private static LocalPostgres postgres;
    private static Passwords passwords;

    @BeforeAll
    static void start() {
        postgres = new LocalPostgres(folder.resolve("postgres"), 0, false);
        postgres.start();
        passwords = Passwords.keptIn(folder.resolve("passwords"));
        Databases.provision(postgres.superuserJdbcUrl(), passwords);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aJobMigratesAndPodsServe(Service service) throws Exception {
        var migration = run(
                service,
                "migration",
                Map.of(
                        "QUARKUS_INIT_AND_EXIT", "true",
                        "POINTS_DB_OWNER_PASSWORD", passwords.of(service.ownerLogin()),
                        "POINTS_DB_APP_PASSWORD", "unknown to it"));
        assertTrue(migration.waitFor(LONGEST_MIGRATION_SECONDS, TimeUnit.SECONDS), () -> log(service, "migration"));
        assertEquals(0, migration.exitValue(), () -> log(service, "migration"));
        assertTrue(migrations(service) > 0);

        int port = freePort();
        var serving = run(
                service,
                "serving",
                Map.of(
                        "QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START",
                        "false",
                        "POINTS_DB_OWNER_PASSWORD",
                        "unknown to it",
                        "POINTS_DB_APP_PASSWORD",
                        passwords.of(service.appLogin()),
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port)));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .ignoreException(IOException.class)
                    .until(() -> status(port, "started") == 200 && status(port, "ready") == 200);
            assertEquals(200, status(port, "live"));
        } finally {
            serving.destroy();
            assertTrue(serving.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Service.class, names = "ALLOCATION")
    void aMigrationThatCannotBeDoneFails(Service service) throws Exception {
        var migration = run(
                service,
                "failing",
                Map.of(
                        "QUARKUS_INIT_AND_EXIT", "true",
                        "QUARKUS_FLYWAY_OWNER_CONNECT_RETRIES", "0",
                        "POINTS_DB_OWNER_PASSWORD", "wrong"));
        assertTrue(migration.waitFor(LONGEST_MIGRATION_SECONDS, TimeUnit.SECONDS), () -> log(service, "failing"));
        assertTrue(migration.exitValue() != 0, () -> log(service, "failing"));
    }

    /** Kafka and the identity provider are nowhere: neither a migration nor health may need them. */
    private static Process run(Service service, String name, Map<String, String> special) throws IOException {
        var environment = new HashMap<>(Map.of(
                "POINTS_DB_HOST",
                postgres.host(),
                "POINTS_DB_PORT",
                Integer.toString(postgres.port()),
                "KAFKA_BOOTSTRAP_SERVERS",
                NOWHERE,
                "POINTS_OIDC_ISSUER",
                "http://" + NOWHERE + "/realms/points"));
        if (service == Service.AUDIT && !special.containsKey("QUARKUS_INIT_AND_EXIT")) {
            var keys = AuditKeys.keptIn(folder.resolve("audit-keys"));
            environment.put("POINTS_AUDIT_SIGNING_KEY", keys.signingKey());
            environment.put("POINTS_AUDIT_PUBLIC_KEYS", keys.publicKeys());
        }
        environment.putAll(special);
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx144m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        service.jar().toString())
                .redirectErrorStream(true)
                .redirectOutput(file(service, name).toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int migrations(Service service) throws SQLException {
        var url = "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), service.database());
        try (var connection =
                        DriverManager.getConnection(url, service.ownerLogin(), passwords.of(service.ownerLogin()));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from flyway_schema_history where success")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int status(int port, String check) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/" + check))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path file(Service service, String name) {
        return folder.resolve(service.module() + "-" + name + ".log");
    }

    private static String log(Service service, String name) {
        try {
            return Files.readString(file(service, name));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
