package io.points.bench;

import io.points.local.LocalPostgres;
import io.points.local.Service;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Work in the databases behind the services' backs. */
final class Behind {

    private final LocalPostgres postgres;

    Behind(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    /** One after the other, with all rights. */
    void run(Service service, String... statements) throws SQLException {
        var url = postgres.superuserJdbcUrl().replaceFirst("/postgres(?=[?]|$)", "/" + service.database());
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Cleans up now what would be cleaned up beside whatever is measured next, and writes out what is in memory only. */
    void cleanUp() throws SQLException {
        for (var service : Service.values()) {
            run(service, "vacuum analyze");
        }
        run(Service.DISTRIBUTION, "checkpoint");
    }
}
