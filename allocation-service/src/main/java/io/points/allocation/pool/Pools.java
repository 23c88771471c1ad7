package io.points.allocation.pool;

import io.points.allocation.tenant.TenantStatus;
import io.points.ledger.dates.LotColumns;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The repository of pools. A transaction that changes a pool holds its row lock until the commit. */
@ApplicationScoped
public class Pools {

    private static final String SELECT =
            "select id, status, points_allocation_balance, pool_version, lot_dates, lot_points, in_departments, "
                    + "(select p.low_at from pool_thresholds p where p.tenant_id = tenants.id) as low_at, "
                    + sums(PoolSum::column) + " from tenants where id = any($1) order by id";

    private static final String LOCK = SELECT + " for update";

    private static final String UPDATE = """
            update tenants t set points_allocation_balance = n.balance, pool_version = n.version,
                   lot_dates = n.lot_dates::date[], lot_points = n.lot_points::bigint[],
                   next_expiry = (n.lot_dates::date[])[1], in_departments = n.in_departments, %s
            from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], %s)
                 as n (id, balance, version, lot_dates, lot_points, in_departments, %s)
            where t.id = n.id
            """.formatted(
                    sums(sum -> sum.column() + " = n." + sum.column()),
                    sums(sum -> "$" + (sum.ordinal() + 7) + "::bigint[]"),
                    sums(PoolSum::column));

    private static final String INSERT_ENTRIES = """
            insert into pool_ledger (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, lot_dates,
                   lot_points, created_at)
            select n.tenant_id, n.entry_number, n.kind, n.amount, n.balance_after, n.cause_id, n.event_id, n.lot_dates::date[],
                   n.lot_points::bigint[], $8::timestamptz
            from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[], $9::text[],
                        $10::text[])
                 as n (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, lot_dates, lot_points)
            """;

    private static final String ADD_TO_DAY = """
            insert into pool_days as d (tenant_id, day, allocated, clawed_back, debited, credited, reserved)
            select tenant, $2::date,
                   coalesce(sum(amount) filter (where kind = 'allocation'), 0),
                   coalesce(sum(-amount) filter (where kind = 'clawback'), 0),
                   coalesce(sum(-amount) filter (where kind = 'debit'), 0),
                   coalesce(sum(amount) filter (where kind in ('cancel', 'refund')), 0),
                   coalesce(sum(-amount) filter (where kind in ('reserve', 'release')), 0)
            from unnest($1::uuid[], $3::text[], $4::bigint[]) as e (tenant, kind, amount)
            group by tenant order by tenant
            on conflict (tenant_id, day) do update set
                   allocated = d.allocated + excluded.allocated, clawed_back = d.clawed_back + excluded.clawed_back,
                   debited = d.debited + excluded.debited, credited = d.credited + excluded.credited,
                   reserved = d.reserved + excluded.reserved
            """;

    /** Locks the existing tenants, in id order. */
    public Uni<Map<UUID, Pool>> lock(Tx tx, Collection<UUID> tenants) {
        return tx.query(LOCK, (Object) new TreeSet<>(tenants).toArray(UUID[]::new))
                .map(rows -> {
                    var pools = new HashMap<UUID, Pool>();
                    rows.forEach(row -> pools.put(row.getUUID("id"), pool(row)));
                    return pools;
                });
    }

    /** The pool as it is now, without a lock; empty if there is no such tenant. */
    public Uni<Optional<Pool>> read(Tx tx, UUID tenant) {
        return tx.query(SELECT, (Object) new UUID[] {tenant})
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(pool(rows.iterator().next())));
    }

    /**
     * Writes what changed: the pools, their new ledger entries, and the day's sums.
     *
     * @param entries none of a pool of which points were moved into or out of departments' envelopes alone
     */
    public Uni<Void> save(Tx tx, Collection<Pool> pools, List<PoolEntry> entries, Instant now) {
        if (pools.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var updated = update(tx, List.copyOf(pools));
        return entries.isEmpty() ? updated : Tx.together(updated, append(tx, entries, now));
    }

    /** Writes other days of a pool that is locked; nothing moves. */
    public Uni<Void> redate(Tx tx, Pool pool) {
        return update(tx, List.of(pool));
    }

    private Uni<Void> update(Tx tx, List<Pool> pools) {
        var lots = LotColumns.of(pools, Pool::lots);
        var columns = new ArrayList<@Nullable Object>(Arrays.asList(
                Columns.uuids(pools, Pool::tenantId),
                Columns.longs(pools, Pool::balance),
                Columns.longs(pools, Pool::version),
                lots[0],
                lots[1],
                Columns.longs(pools, Pool::inDepartments)));
        for (var sum : PoolSum.values()) {
            columns.add(Columns.longs(pools, pool -> pool.sum(sum)));
        }
        return tx.query(UPDATE, columns.toArray()).replaceWithVoid();
    }

    private Uni<Void> append(Tx tx, List<PoolEntry> entries, Instant now) {
        var tenants = Columns.uuids(entries, PoolEntry::tenantId);
        var kinds = Columns.texts(entries, entry -> entry.kind().word());
        var amounts = Columns.longs(entries, PoolEntry::amount);
        var lots = LotColumns.of(entries, PoolEntry::lots);
        OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
        return Tx.together(
                tx.query(
                        INSERT_ENTRIES,
                        tenants,
                        Columns.longs(entries, PoolEntry::number),
                        kinds,
                        amounts,
                        Columns.longs(entries, PoolEntry::balanceAfter),
                        Columns.uuids(entries, PoolEntry::causeId),
                        Columns.uuids(entries, PoolEntry::eventId),
                        time,
                        lots[0],
                        lots[1]),
                tx.query(ADD_TO_DAY, tenants, LocalDate.ofInstant(now, ZoneOffset.UTC), kinds, amounts));
    }

    private static Pool pool(Row row) {
        Long lowAt = row.getLong("low_at");
        var sums = new EnumMap<PoolSum, Long>(PoolSum.class);
        for (var sum : PoolSum.values()) {
            sums.put(sum, row.getLong(sum.column()));
        }
        return new Pool(
                row.getUUID("id"),
                TenantStatus.of(row.getString("status")),
                row.getLong("points_allocation_balance"),
                row.getLong("pool_version"),
                sums,
                LotColumns.readOfPool(row),
                row.getLong("in_departments"),
                lowAt == null ? 0 : lowAt);
    }

    /** Something of each sum, as a list in SQL. */
    private static String sums(Function<PoolSum, String> text) {
        return Arrays.stream(PoolSum.values()).map(text).collect(Collectors.joining(", "));
    }
}
