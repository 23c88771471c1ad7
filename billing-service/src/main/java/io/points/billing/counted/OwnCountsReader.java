package io.points.billing.counted;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Flow;
import io.points.billing.counted.OwnCounts.Sum;
import io.points.billing.counted.OwnCounts.Version;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts a tenant's movements and entries up to a version of the pool, page by page. */
final class OwnCountsReader {

    private static final int PAGE = 20_000;

    private static final String MOVEMENTS = """
            select flow, count(*) as records, sum(points)::text as points, max(pool_version) as newest
            from (select flow, points, pool_version from movement_log
                  where tenant_id = $1 and pool_version > $2 and pool_version <= $3 order by pool_version limit $4) page
            group by flow
            """;

    /** All lines of a version are on one page. */
    private static final String ENTRIES = """
            select billing_currency::text as currency, count(*) as records, sum(pricing_quantity)::text as points,
                   sum(x_amount_minor)::text as amount, max(x_pool_version) as newest
            from (select billing_currency, pricing_quantity, x_amount_minor, x_pool_version from platform_billing_logs
                  where billing_account_id = $1 and x_pool_version > $2 and x_pool_version <= $3
                  order by x_pool_version fetch first ($4::bigint) rows with ties) page
            group by billing_currency
            """;

    private static final String ADJUSTED = """
            select coalesce(max(pool_version), 0) as version from movement_log
            where tenant_id = $1 and flow = 'adjusted' and pool_version <= $2
            """;

    private static final String VERSIONS = """
            select named.version,
                   coalesce((select case flow when 'allocated' then points when 'clawed_back' then -points end
                             from movement_log where tenant_id = $1 and pool_version = named.version), 0) as event_points,
                   coalesce((select sum(pricing_quantity)::bigint from platform_billing_logs
                             where billing_account_id = $1 and x_pool_version = named.version), 0) as entry_points
            from unnest($2::bigint[]) as named (version)
            """;

    private final Tx tx;
    private final BilledTenant tenant;
    private final Map<Flow, Sum> movements = new EnumMap<>(Flow.class);
    private final Map<String, Sum> entries = new HashMap<>();
    private long version;

    /** For one reading, within a snapshot. */
    OwnCountsReader(Tx tx, BilledTenant tenant) {
        this.tx = tx;
        this.tenant = tenant;
    }

    Uni<OwnCounts> read(RecordsCounted told) {
        var named = told.unbilled().stream().map(UnbilledVersion::poolVersion).toArray(Long[]::new);
        return Loop.run(() -> nextMovements(told.poolVersion()))
                .invoke(() -> version = 0)
                .chain(() -> Loop.run(() -> nextEntries(told.poolVersion())))
                .chain(() -> tx.query(ADJUSTED, tenant.id(), tenant.contiguousVersion()))
                .map(rows -> rows.iterator().next().getLong("version"))
                .chain(adjustedAt -> tx.query(VERSIONS, tenant.id(), named).map(rows -> {
                    var versions = new HashMap<Long, Version>();
                    rows.forEach(row -> versions.put(
                            row.getLong("version"),
                            new Version(row.getLong("event_points"), row.getLong("entry_points"))));
                    return new OwnCounts(tenant.contiguousVersion(), adjustedAt, movements, entries, versions);
                }));
    }

    private Uni<Boolean> nextMovements(long to) {
        return tx.query(MOVEMENTS, tenant.id(), version, to, PAGE).map(rows -> {
            long records = 0;
            for (var row : rows) {
                movements.merge(
                        Flow.of(row.getString("flow")),
                        new Sum(row.getLong("records"), row.getString("points"), null),
                        Sum::plus);
                records += row.getLong("records");
                version = Math.max(version, row.getLong("newest"));
            }
            return records == PAGE;
        });
    }

    private Uni<Boolean> nextEntries(long to) {
        return tx.query(ENTRIES, tenant.id(), version, to, (long) PAGE).map(rows -> {
            long records = 0;
            for (var row : rows) {
                entries.merge(
                        row.getString("currency"),
                        new Sum(row.getLong("records"), row.getString("points"), row.getString("amount")),
                        Sum::plus);
                records += row.getLong("records");
                version = Math.max(version, row.getLong("newest"));
            }
            return records >= PAGE;
        });
    }
}
