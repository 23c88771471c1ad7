package io.points.testing;

import io.points.local.AuditKeys;
import io.points.local.Databases;
import io.points.local.Passwords;
import io.points.local.Service;
import io.points.local.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a service under test its real surroundings: a provisioned PostgreSQL, a Kafka with the declared topics, and
 * {@link Tokens} in place of an identity provider. The argument {@code service} names the constant of {@link Service}.
 */
public final class PointsTestResource implements QuarkusTestResourceLifecycleManager {

    /** Name of the argument. */
    public static final String SERVICE = "service";

    private static volatile Surroundings surroundings;
    private static volatile TestIdentityProvider identityProvider;

    private Service service;
    private Backend backend;

    /**
     * What tests need to look behind the service's back.
     *
     * @param faultPoints where the service looks for faults on order, see {@link Hold}
     */
    public record Surroundings(
            String superuserJdbcUrl, String kafkaBootstrap, Map<String, String> logins, Path faultPoints) {

        /** JDBC URL of the service's database under its owner's login. */
        public String ownerJdbcUrl() {
            return logins.get("owner");
        }

        /** JDBC URL of the service's database under its restricted login. */
        public String appJdbcUrl() {
            return logins.get("app");
        }
    }

    public static Surroundings surroundings() {
        return surroundings;
    }

    static TestIdentityProvider identityProvider() {
        return identityProvider;
    }

    @Override
    public void init(Map<String, String> arguments) {
        service = Service.valueOf(arguments.get(SERVICE));
    }

    @Override
    public Map<String, String> start() {
        NettyExtensions.install();
        Waiting.patiently();
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-stack")), "run");
            backend = Backend.start(folder);
            var passwords = Passwords.keptIn(folder.resolve("passwords"));
            Databases.provision(backend.superuserJdbcUrl(), passwords);
            Rivals.letTransactionsStand(backend.superuserJdbcUrl(), service.appLogin());
            Topics.provision(backend.kafkaBootstrap());
            var logins = Map.of(
                    "owner", jdbcUrl(service.ownerLogin(), passwords), "app", jdbcUrl(service.appLogin(), passwords));
            var faultPoints =
                    Files.createDirectory(folder.resolve("fault-points")).toAbsolutePath();
            surroundings = new Surroundings(backend.superuserJdbcUrl(), backend.kafkaBootstrap(), logins, faultPoints);
            var config = new HashMap<String, String>();
            config.put("points.db.host", backend.postgresHost());
            config.put("points.db.port", Integer.toString(backend.postgresPort()));
            config.put("quarkus.datasource.password", passwords.of(service.appLogin()));
            config.put("quarkus.datasource.owner.password", passwords.of(service.ownerLogin()));
            config.put("kafka.bootstrap.servers", backend.kafkaBootstrap());
            // A test that holds commits holds those of all rounds, and what it waits for needs a connection besides.
            config.put("quarkus.datasource.reactive.max-size", "32");
            identityProvider = TestIdentityProvider.start();
            config.put("points.oidc.issuer", Tokens.ISSUER);
            config.put("points.oidc.keys-url", identityProvider.keysUrl());
            config.put("points.oidc.keys-refreshed-every", "1s");
            config.put("quarkus.http.test-port", "0");
            config.put("points.fault-points.folder", faultPoints.toString());
            config.put("points.figures.every", "500ms");
            // Tests wait for what is heard, and for what is committed.
            config.put("points.unhurried.wait", "50");
            config.put("mp.messaging.connector.smallrye-kafka.auto.commit.interval.ms", "20");
            // A commit waits for the poll that goes on.
            config.put("mp.messaging.connector.smallrye-kafka.poll-timeout", "50");
            // Tests ask for it themselves, so that none finds rows changed that it did not change.
            config.put("points.attestation.look-every", "off");
            config.put("points.alerts.look-every", "off");
            config.put("points.schedules.look-every", "off");
            config.put("points.proposals.look-every", "off");
            config.put("points.closings.look-every", "off");
            if (service == Service.DISTRIBUTION) {
                config.put("points.saga.sweep-every", "200ms");
                config.put("points.expiry.look-every", "off");
            }
            if (service == Service.DISTRIBUTION || service == Service.ALLOCATION) {
                config.put("points.events.look-every", "200ms");
                config.put("points.events.longest", "6s");
            }
            if (service == Service.AUDIT) {
                var keys = AuditKeys.keptIn(folder.resolve("audit-keys"));
                config.put("points.audit.signing-key", keys.signingKey());
                config.put("points.audit.public-keys", keys.publicKeys());
                config.put("points.audit.seal-every", "100ms");
                // Larger slices, less often: a signature takes half a millisecond, and few leaves come round at once.
                config.put("points.reread.every", "500ms");
                config.put("points.reread.records", "500");
                config.put("points.books.post-every", "100ms");
                config.put("points.books.missing-after", "2s");
                config.put("points.counts.look-every", "100ms");
                config.put("points.counts.every", "100ms");
            }
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jdbcUrl(String login, Passwords passwords) {
        return "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
                .formatted(
                        backend.postgresHost(), backend.postgresPort(), service.database(), login, passwords.of(login));
    }

    @Override
    public void stop() {
        if (identityProvider != null) {
            identityProvider.close();
        }
        if (backend != null) {
            backend.close();
        }
    }
}
