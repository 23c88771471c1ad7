package io.points.chaos;

import io.points.local.LocalPostgres;
import io.points.local.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** Somebody who has locked a member's wallet, and for whom others wait. */
final class Rival implements AutoCloseable {

    private static final String LOCK = "select from wallets where tenant_id = ? and user_id = ? for no key update";
    private static final String WAITED_FOR =
            "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))";

    private final Connection connection;

    Rival(LocalPostgres postgres, Company company, UUID member) throws SQLException {
        connection = DriverManager.getConnection(
                postgres.superuserJdbcUrl().replaceFirst("/postgres(?=[?]|$)", "/" + Service.DISTRIBUTION.database()));
        connection.setAutoCommit(false);
        try (var lock = connection.prepareStatement(LOCK)) {
            lock.setObject(1, company.id());
            lock.setObject(2, member);
            lock.execute();
        }
    }

    /** Whether a transaction waits for it; false if the database is away. */
    boolean isWaitedFor() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(WAITED_FOR)) {
            return rows.next() && rows.getLong(1) > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
