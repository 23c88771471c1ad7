package io.points.allocation.pool;

import io.points.ledger.dates.LotColumns;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The repository of departments' envelopes. Whoever reads one in order to change it holds the lock of the tenant's pool. */
@ApplicationScoped
public class DepartmentPools {

    private static final String SELECT =
            "select p.tenant_id, p.department_id, p.balance, p.entry_number, p.lot_dates, p.lot_points from department_pools p";

    private static final String FIND = SELECT + """
             join unnest($1::uuid[], $2::uuid[]) as k (tenant_id, department_id)
               on k.tenant_id = p.tenant_id and k.department_id = p.department_id
            """;

    private static final String NOT_EMPTY =
            SELECT + " where p.tenant_id = $1 and p.balance > 0 order by p.department_id";

    private static final String SAVE = """
            insert into department_pools as p (tenant_id, department_id, balance, entry_number, lot_dates, lot_points, next_expiry)
            select n.tenant_id, n.department_id, n.balance, n.entry_number, n.lot_dates::date[], n.lot_points::bigint[],
                   (n.lot_dates::date[])[1]
            from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
                 as n (tenant_id, department_id, balance, entry_number, lot_dates, lot_points)
            on conflict (tenant_id, department_id) do update set
                   balance = excluded.balance, entry_number = excluded.entry_number, lot_dates = excluded.lot_dates,
                   lot_points = excluded.lot_points, next_expiry = excluded.next_expiry
            """;

    private static final String APPEND = """
            insert into department_ledger (tenant_id, department_id, entry_number, kind, amount, balance_after, cause_id, event_id,
                   lot_dates, lot_points, created_at)
            select n.tenant_id, n.department_id, n.entry_number, n.kind, n.amount, n.balance_after, n.cause_id, n.event_id,
                   n.lot_dates::date[], n.lot_points::bigint[], $11::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::uuid[], $8::uuid[],
                        $9::text[], $10::text[])
                 as n (tenant_id, department_id, entry_number, kind, amount, balance_after, cause_id, event_id, lot_dates,
                       lot_points)
            """;

    /** Those of the envelopes that were ever given anything. */
    Uni<Map<DepartmentPool.Key, DepartmentPool>> find(Tx tx, Collection<DepartmentPool.Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(
                        FIND,
                        Columns.uuids(keys, DepartmentPool.Key::tenantId),
                        Columns.uuids(keys, DepartmentPool.Key::departmentId))
                .map(DepartmentPools::read);
    }

    /** A tenant's envelopes that hold something, in the order of their ids. */
    public Uni<List<DepartmentPool>> notEmpty(Tx tx, Pool pool) {
        return pool.inDepartments() == 0
                ? Uni.createFrom().item(List.of())
                : tx.query(NOT_EMPTY, pool.tenantId())
                        .map(rows -> List.copyOf(read(rows).values()));
    }

    /** Writes the entries, and the envelopes as they are after the last one of each. */
    public Uni<Void> save(Tx tx, List<DepartmentEntry> entries, Instant now) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var changed = new LinkedHashMap<DepartmentPool.Key, DepartmentPool>();
        entries.forEach(entry -> changed.put(entry.after().key(), entry.after()));
        var after = changed.values();
        var lots = LotColumns.of(after, DepartmentPool::lots);
        var lotsOfEntries = LotColumns.of(entries, DepartmentEntry::lots);
        return Tx.together(
                tx.query(
                        SAVE,
                        Columns.uuids(after, DepartmentPool::tenantId),
                        Columns.uuids(after, DepartmentPool::departmentId),
                        Columns.longs(after, DepartmentPool::balance),
                        Columns.longs(after, DepartmentPool::entryNumber),
                        lots[0],
                        lots[1]),
                tx.query(
                        APPEND,
                        Columns.uuids(entries, entry -> entry.after().tenantId()),
                        Columns.uuids(entries, entry -> entry.after().departmentId()),
                        Columns.longs(entries, entry -> entry.after().entryNumber()),
                        Columns.texts(entries, entry -> entry.kind().word()),
                        Columns.longs(entries, DepartmentEntry::amount),
                        Columns.longs(entries, entry -> entry.after().balance()),
                        Columns.uuids(entries, DepartmentEntry::causeId),
                        Columns.uuids(entries, DepartmentEntry::eventId),
                        lotsOfEntries[0],
                        lotsOfEntries[1],
                        now.atOffset(ZoneOffset.UTC)));
    }

    private static Map<DepartmentPool.Key, DepartmentPool> read(RowSet<Row> rows) {
        var found = new LinkedHashMap<DepartmentPool.Key, DepartmentPool>();
        rows.forEach(row -> {
            UUID tenant = row.getUUID("tenant_id");
            var pool = new DepartmentPool(
                    tenant,
                    row.getUUID("department_id"),
                    row.getLong("balance"),
                    row.getLong("entry_number"),
                    LotColumns.readOfPool(row));
            found.put(pool.key(), pool);
        });
        return found;
    }
}
