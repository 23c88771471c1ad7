package io.points.bench;

import io.points.local.Service;
import java.sql.SQLException;

/** Years of use: rows of other tenants, written into the tables behind the services' backs. */
final class Growth {

    static final int TENANTS = 10_000;
    static final int LEDGER_ROWS = 5_000_000;
    static final int KEYS_AND_RECORDS = 1_000_000;

    /** Else each record would wait to be sealed. */
    private static final String WITHOUT_TRIGGERS = "set session_replication_role = replica";

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

    private static final String KEYS = """
            insert into idempotency_keys (scope, caller, key, fingerprint, resource, created_at)
            select 'award', md5('user ' || n %% %2$s)::uuid::text, gen_random_uuid()::text, sha256(n::text::bytea),
                   gen_random_uuid(), now() - interval '25 days' + n * interval '2 seconds'
            from generate_series(1, %1$s) n
            """.formatted(KEYS_AND_RECORDS, TENANTS);

    /** Of tenants that have no tree: nobody reads again what was never sealed. */
    private static final String RECORDS = """
            with records as (
              insert into audit_log (event_id, type, source, subject, tenant_id, occurred_at, topic, data_digest, data)
              select gen_random_uuid(), 'io.points.PointsAwarded.v1', 'distribution-service', md5('user ' || n)::uuid::text,
                     md5('tenant ' || n %% %2$s)::uuid, now() - interval '25 days' + n * interval '2 seconds',
                     'distribution.wallet.events.v1', encode(sha256(n::text::bytea), 'hex'),
                     json_build_object('distribution_id', gen_random_uuid(), 'to_user_id', gen_random_uuid(), 'amount', 1,
                         'description', 'Thank you for a good year', 'balance_after', n)
              from generate_series(1, %1$s) n returning sequence, tenant_id)
            insert into audit_leaf_log (tenant_id, leaf_index, sequence, hashes)
            select tenant_id, row_number() over (partition by tenant_id) - 1, sequence, sha256(sequence::text::bytea) from records
            """.formatted(KEYS_AND_RECORDS, TENANTS);

    private final Behind behind;

    Growth(Behind behind) {
        this.behind = behind;
    }

    void grow() throws SQLException {
        behind.run(Service.ALLOCATION, TENANT_ROWS);
        behind.run(Service.DISTRIBUTION, WALLET_ROWS, LEDGER, KEYS, "vacuum analyze");
        behind.run(Service.AUDIT, WITHOUT_TRIGGERS, RECORDS, "vacuum analyze");
    }
}
