package io.points.kubernetes;

import io.points.local.AuditKeys;
import io.points.local.Databases;
import io.points.local.LocalPostgres;
import io.points.local.Passwords;
import io.points.local.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What pods that run on this machine stand on: a real PostgreSQL with the logins, and Kafka if one is given. */
final class Surroundings implements AutoCloseable {
    private static final String NOWHERE = "127.0.0.1:1";

    private final Path folder;
    private final LocalPostgres postgres;
    private final Passwords passwords;
    private final SecuredKafka kafka;
    private final Certificates certificates;

    private Surroundings(Path folder, SecuredKafka kafka) {
        this.folder = folder;
        this.kafka = kafka;
        certificates = Certificates.in(folder.resolve("database-ca"));
        postgres = new LocalPostgres(folder.resolve("postgres"), 0, false);
        postgres.start();
        passwords = Passwords.keptIn(folder.resolve("passwords"));
        Databases.provision(postgres.superuserJdbcUrl(), passwords);
    }

    static Surroundings withoutKafka(Path folder) {
        return new Surroundings(folder, null);
    }

    static Surroundings with(SecuredKafka kafka, Path folder) {
        return new Surroundings(folder, kafka);
    }

    /** Those of the authority that pods believe when they ask the identity provider or a database. */
    Certificates certificates() {
        return certificates;
    }

    /** What a migration's pod finds here. */
    Map<String, String> ofMigration(Service service) {
        Map<String, String> here = ofBoth();
        here.put("POINTS_DB_OWNER_PASSWORD", passwords.of(service.ownerLogin()));
        return here;
    }

    /** What a serving pod finds here. */
    Map<String, String> ofServing(Service service) {
        Map<String, String> here = ofBoth();
        here.put("POINTS_DB_APP_PASSWORD", passwords.of(service.appLogin()));
        // That there is a default in the code must not help.
        here.put("POINTS_DB_OWNER_PASSWORD", "unknown to it");
        // Its keys will never be known: nobody is at home where it looks for them.
        here.put("POINTS_WARM_UP_LIMIT", "5S");
        if (service == Service.AUDIT) {
            AuditKeys keys = AuditKeys.keptIn(folder.resolve("audit-keys"));
            here.put("POINTS_AUDIT_SIGNING_KEY", keys.signingKey());
            here.put("POINTS_AUDIT_PUBLIC_KEYS", keys.publicKeys());
            // So that a test has not to wait for a minute.
            here.put("POINTS_BOOKS_MISSING_AFTER", "3S");
        }
        if (kafka == null) {
            here.put("KAFKA_SSL_KEYSTORE_PASSWORD", "none");
            here.put("KAFKA_SSL_TRUSTSTORE_PASSWORD", "none");
        } else {
            here.putAll(kafka.secretsOf(service.module()));
        }
        return here;
    }

    /** The database of this machine has no TLS; the file with its authority has to be there all the same. */
    private Map<String, String> ofBoth() {
        Map<String, String> here = new HashMap<>(Map.of(
                "POINTS_DB_HOST",
                postgres.host(),
                "POINTS_DB_PORT",
                Integer.toString(postgres.port()),
                "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE",
                "disable",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
                certificates.authority().toString(),
                "QUARKUS_DATASOURCE_OWNER_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLMODE",
                "disable",
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                "https://" + NOWHERE + "/realms/points",
                "POINTS_OIDC_AUTHORITY",
                certificates.authority().toString()));
        if (kafka == null) {
            here.put("KAFKA_BOOTSTRAP_SERVERS", NOWHERE);
            here.put("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT");
        }
        return here;
    }

    /** The first column of the first row, as the owner. */
    String ask(Service service, String query) throws SQLException {
        try (Connection connection = asOwner(service);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void tell(Service service, String sql) throws SQLException {
        try (Connection connection = asOwner(service);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection asOwner(Service service) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s".formatted(postgres.host(), postgres.port(), service.database()),
                service.ownerLogin(),
                passwords.of(service.ownerLogin()));
    }

    @Override
    public void close() {
        postgres.close();
    }
}
