package io.points.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateMetricsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void eachCertificateShowsItsEnd() throws Exception {
        var user = keyStore("user.p12", 20);
        var authority = keyStore("ca.p12", 300);
        start(
                Map.of(
                        "ssl.keystore.location", user,
                        "ssl.keystore.type", "PKCS12",
                        "ssl.keystore.password", "secret",
                        "ssl.truststore.location", authority,
                        "ssl.truststore.type", "PKCS12",
                        "ssl.truststore.password", "secret"),
                List.of(pem("database", 40)),
                Optional.of(pem("keycloak", 70)));
        assertEndsIn(20, "kafka-user");
        assertEndsIn(300, "kafka-ca");
        assertEndsIn(40, "database-ca");
        assertEndsIn(70, "keycloak-ca");
    }

    /** An authority is renewed by one more beside it. */
    @Test
    void ofSeveralTheNewestCounts() throws Exception {
        var both = keyStore("ca.p12", 300);
        keytool(command("other", both, 5));
        start(
                Map.of(
                        "ssl.truststore.location", both,
                        "ssl.truststore.type", "PKCS12",
                        "ssl.truststore.password", "secret"),
                List.of());
        assertEndsIn(300, "kafka-ca");
    }

    @Test
    void whereNothingIsEncryptedNothingIsShown() {
        start(Map.of("bootstrap.servers", "any:1"), List.of());
        assertTrue(metrics.getMeters().isEmpty());
    }

    @Test
    void aFileThatCannotBeReadKeepsNobodyFromStarting() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.p12"), "no key store");
        start(
                Map.of("ssl.keystore.location", broken.toString(), "ssl.keystore.type", "PKCS12"),
                List.of(folder.resolve("missing.crt").toString()));
        assertTrue(metrics.getMeters().isEmpty());
    }

    private void start(Map<String, Object> kafka, List<String> database) {
        start(kafka, database, Optional.empty());
    }

    private void start(Map<String, Object> kafka, List<String> database, Optional<String> identity) {
        new CertificateMetrics(kafka, database.isEmpty() ? Optional.empty() : Optional.of(database), identity, metrics)
                .start(new StartupEvent());
    }

    private void assertEndsIn(int days, String certificate) {
        double end = metrics.get("points_certificate_expiry_timestamp_seconds")
                .tag("certificate", certificate)
                .gauge()
                .value();
        assertEquals(Instant.now().plus(Duration.ofDays(days)).getEpochSecond(), end, MINUTE.toSeconds(), certificate);
    }

    private String keyStore(String name, int days) throws IOException, InterruptedException {
        var file = folder.resolve(name).toString();
        keytool(command("any", file, days));
        return file;
    }

    private String pem(String name, int days) throws IOException, InterruptedException {
        var file = folder.resolve(name + ".crt").toString();
        keytool("-exportcert", "-rfc", "-alias", "any", "-keystore", keyStore(name + ".p12", days), "-file", file);
        return file;
    }

    private static String[] command(String alias, String file, int days) {
        return new String[] {
            "-genkeypair",
            "-alias",
            alias,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + alias,
            "-validity",
            "" + days,
            "-keystore",
            file
        };
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-storepass",
                "secret",
                "-storetype",
                "PKCS12"));
        command.addAll(1, List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }
}
