package io.points.console;

import io.points.local.ConsoleClient;
import io.points.local.LocalKeycloak;
import io.points.local.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A real Keycloak, and a stand-in for all services. */
public final class ConsoleSurroundings implements QuarkusTestResourceLifecycleManager {
    static final String SECRET = "a-secret-of-the-tests";

    private static Path folder;
    private static LocalKeycloak keycloak;
    private static KeycloakByTls keycloakByTls;
    private static ServicesStandIn services;
    private static String console;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("console");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int port = Ports.anyFree();
        console = "http://127.0.0.1:" + port;
        keycloak = new LocalKeycloak(folder, 0);
        keycloak.start();
        ConsoleClient.provide(keycloak, "another-secret", "http://127.0.0.1:1");
        // A second time, as on every start but the first.
        ConsoleClient.provide(keycloak, SECRET, console);
        services = new ServicesStandIn();
        keycloakByTls = new KeycloakByTls(folder, URI.create(keycloak.url()));
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", Integer.toString(port)),
                Map.entry("quarkus.http.port", Integer.toString(port)),
                Map.entry("points.oidc.issuer", keycloak.issuer()),
                // As in a cluster: browsers go one way to it, and the console another.
                Map.entry("quarkus.oidc.auth-server-url", keycloakByTls.url() + "/realms/points"),
                Map.entry("quarkus.oidc.tls.tls-configuration-name", "keycloak"),
                Map.entry(
                        "quarkus.tls.keycloak.trust-store.pem.certs",
                        keycloakByTls.certificate().toString()),
                Map.entry("quarkus.oidc.credentials.secret", SECRET),
                Map.entry("quarkus.oidc.token-state-manager.encryption-secret", "0123456789abcdef0123456789abcdef"),
                Map.entry("points.console.allocation", services.url()),
                Map.entry("points.console.distribution", services.url()),
                Map.entry("points.console.billing", services.url()),
                Map.entry("points.console.audit", services.url()),
                Map.entry("points.console.patience", "4s"));
    }

    static String console() {
        return console;
    }

    static LocalKeycloak keycloak() {
        return keycloak;
    }

    static ServicesStandIn services() {
        return services;
    }

    @Override
    public void stop() {
        services.close();
        keycloakByTls.close();
        keycloak.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
