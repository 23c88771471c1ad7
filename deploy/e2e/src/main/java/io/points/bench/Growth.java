package io.points.bench;

import io.points.local.LocalPostgres;
import io.points.local.Service;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Years of use: rows of other tenants, written into the tables behind the services' backs. */
final class Growth {

    static final int TENANTS = 10_000;
    static final int LEDGER_ROWS = 5_000_000;

    private static final String TENANT_ROWS = """
            insert into tenants (id, name, status, revision, currency, price_per_point, created_at)
            select md5('tenant ' || n)::uuid, 'Grown ' || n, 'active', 1, 'EUR', 0.10, now() from generate_series(1, %s) n
            """.formatted(TENANTS);

    private static final String WALLET_ROWS = """
            insert into wallets (tenant_id, user_id, kind, balance, entry_number)
            select md5('tenant ' || n)::uuid, md5('user ' || n)::uuid, 'earned', %1$s, %1$s from generate_series(1, %2$s) n
            """.formatted(LEDGER_ROWS / TENANTS, TENANTS);

    private static final String LEDGER = """
            insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id,
                   event_id, created_at)
            select md5('tenant ' || n)::uuid, md5('user ' || n)::uuid, 'earned', e, 1, e, gen_random_uuid(),
                   gen_random_uuid(), now() - interval '1 year' + e * interval '12 hours'
            from generate_series(1, %s) e, generate_series(1, %s) n
            """.formatted(LEDGER_ROWS / TENANTS, TENANTS);

    private final LocalPostgres postgres;

    Growth(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    void grow() throws SQLException {
        run(Service.ALLOCATION, TENANT_ROWS);
        run(Service.DISTRIBUTION, WALLET_ROWS, LEDGER, "vacuum analyze");
    }

    private void run(Service service, String... statements) throws SQLException {
        var url = postgres.superuserJdbcUrl().replaceFirst("/postgres(?=[?]|$)", "/" + service.database());
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
