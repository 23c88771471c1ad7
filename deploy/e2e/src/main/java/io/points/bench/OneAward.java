package io.points.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The monolith's transaction: one award of one point. */
final class OneAward implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement pool;
    private final PreparedStatement wallet;
    private final PreparedStatement log;
    private final PreparedStatement ledger;
    private final PreparedStatement audit;
    private final PreparedStatement feed;

    OneAward(Connection connection) throws SQLException {
        this.connection = connection;
        pool = connection.prepareStatement(
                "update pools set balance = balance - 1, version = version + 1 where id = ? and balance >= 1");
        wallet = connection.prepareStatement("""
                update wallets set balance = balance + 1, entry_number = entry_number + 1
                where tenant_id = ? and user_id = ? returning balance, entry_number
                """);
        log = connection.prepareStatement("insert into distribution_logs values (?, ?, ?, ?, 1, ?, ?)");
        ledger = connection.prepareStatement("insert into ledger values (?, ?, ?, 1, ?, ?, ?)");
        audit = connection.prepareStatement(
                "insert into audit_log (tenant_id, type, distribution_id, body, at) values (?, 'award', ?, ?, ?)");
        feed = connection.prepareStatement(
                "insert into feed (tenant_id, user_id, amount, distribution_id, at) values (?, ?, 1, ?, ?), (?, ?, 1, ?, ?)");
    }

    void run(UUID tenant, UUID receiver) throws SQLException {
        var id = UUID.randomUUID();
        var now = OffsetDateTime.now();
        set(pool, tenant);
        if (pool.executeUpdate() != 1) {
            throw new SQLException("The pool is empty");
        }
        set(wallet, tenant, receiver);
        long balance;
        long number;
        try (var row = wallet.executeQuery()) {
            row.next();
            balance = row.getLong(1);
            number = row.getLong(2);
        }
        execute(log, id, tenant, tenant, receiver, "Thank you for a good year", now);
        execute(ledger, tenant, receiver, number, balance, id, now);
        execute(audit, tenant, id, "{\"distribution_id\":\"" + id + "\",\"amount\":1}", now);
        execute(feed, tenant, receiver, id, now, tenant, tenant, id, now);
        connection.commit();
    }

    private static void execute(PreparedStatement statement, Object... values) throws SQLException {
        set(statement, values);
        statement.executeUpdate();
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var statement : new PreparedStatement[] {pool, wallet, log, ledger, audit, feed}) {
            statement.close();
        }
    }
}
