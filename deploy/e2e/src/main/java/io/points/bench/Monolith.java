package io.points.bench;

import io.points.local.LocalPostgres;
import io.points.local.QuarkusProcess;
import io.points.local.Repository;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * B2: one Quarkus service with one database, as a careful team would build it instead. The same HTTP, token, idempotency
 * key, outbox row and chained audit row; an award is one SQL transaction.
 */
final class Monolith {

    private static final String DATABASE = "monolith_service";
    private static final String LOGIN = "monolith";
    private static final long POINTS = 1_000_000_000L;

    private final Subject subject;
    private QuarkusProcess process;

    Monolith(Subject subject) {
        this.subject = subject;
    }

    /** Starts it, with the members of the hot tenant and with its own points for them. */
    void prepare(Duration warmUp) throws SQLException {
        var postgres = subject.stack().postgres();
        var password = subject.stack().passwords().of(LOGIN);
        execute(postgres.superuserJdbcUrl(), "create role " + LOGIN + " login password '" + password + "'");
        execute(postgres.superuserJdbcUrl(), "create database " + DATABASE + " owner " + LOGIN);
        process = subject.stack()
                .beside(
                        "monolith",
                        Repository.root().resolve("deploy/monolith/target/quarkus-app/quarkus-run.jar"),
                        Map.of(
                                "QUARKUS_DATASOURCE_REACTIVE_URL",
                                "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + DATABASE,
                                "QUARKUS_DATASOURCE_USERNAME",
                                LOGIN,
                                "QUARKUS_DATASOURCE_PASSWORD",
                                password,
                                "QUARKUS_OIDC_AUTH_SERVER_URL",
                                subject.stack().keycloak().issuer()));
        process.start();
        fill(postgres, password);
        run(Subject.MANY, warmUp);
    }

    private void fill(LocalPostgres postgres, String password) throws SQLException {
        var hot = subject.hot();
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(DATABASE, LOGIN, password));
                var pool = connection.prepareStatement("insert into pools values (?, ?, 0)");
                var wallet = connection.prepareStatement("insert into wallets values (?, ?, 0, 0)")) {
            pool.setObject(1, hot.id());
            pool.setLong(2, POINTS);
            pool.execute();
            for (var receiver : hot.receivers()) {
                wallet.setObject(1, hot.id());
                wallet.setObject(2, receiver);
                wallet.addBatch();
            }
            wallet.executeBatch();
        }
    }

    /** That many callers, each of whom asks again as soon as it has its answer. */
    Sample run(int callers, Duration time) {
        var sample = subject.elsewhere(process.host(), process.port(), callers, time);
        if (!sample.failures().isEmpty()) {
            throw new IllegalStateException("The monolith failed: " + sample + "; see " + process.log());
        }
        return sample;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
