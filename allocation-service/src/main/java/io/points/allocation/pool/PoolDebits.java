package io.points.allocation.pool;

import io.points.allocation.pool.PoolDebit.Cancelled;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.Moved;
import io.points.allocation.pool.PoolDebit.Refunded;
import io.points.allocation.pool.PoolDebit.Refused;
import io.points.allocation.pool.PoolDebit.Returned;
import io.points.allocation.pool.PoolDebit.SetAside;
import io.points.contract.DistributionKind;
import io.points.contract.RefusalReason;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pool's inbox: one row per distribution, written in the transaction of its effect, kept for ever. */
@ApplicationScoped
class PoolDebits {

    private static final String COLUMNS =
            "distribution_id, tenant_id, kind, amount, state, reason, refunded, balance_after, pool_version,"
                    + " lot_dates, lot_points, department_id, department_entry, department_balance, to_department_id,"
                    + " to_department_entry, to_department_balance";

    private static final String FIND = "select " + COLUMNS
            + ", returned, updated_at from pool_debits where distribution_id = any($1) order by distribution_id for update";

    private static final String ROWS = """
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bigint[],
                        $8::bigint[], $9::bigint[], $11::text[], $12::text[], $13::uuid[], $14::bigint[], $15::bigint[],
                        $16::uuid[], $17::bigint[], $18::bigint[])
                 as n (distribution_id, tenant_id, kind, amount, state, reason, refunded, balance_after, pool_version,
                       lot_dates, lot_points, department_id, department_entry, department_balance, to_department_id,
                       to_department_entry, to_department_balance)
            """;

    private static final String INSERT = "insert into pool_debits (" + COLUMNS + ", created_at, updated_at)"
            + " select distribution_id, tenant_id, kind, amount, state, reason, refunded, balance_after, pool_version,"
            + " lot_dates::date[], lot_points::bigint[], department_id, department_entry, department_balance,"
            + " to_department_id, to_department_entry, to_department_balance, $10::timestamptz, $10::timestamptz "
            + ROWS;

    private static final String UPDATE = """
            update pool_debits d set state = n.state, reason = n.reason, refunded = n.refunded,
                   balance_after = n.balance_after, pool_version = n.pool_version, lot_dates = n.lot_dates::date[],
                   lot_points = n.lot_points::bigint[], department_id = n.department_id,
                   department_entry = n.department_entry, department_balance = n.department_balance,
                   updated_at = $10::timestamptz
            """ + ROWS + " where d.distribution_id = n.distribution_id";

    /** Not a new state, so that its time stays. */
    private static final String TAKE_BACK = """
            update pool_debits d set returned = n.returned, lot_dates = n.lot_dates::date[], lot_points = n.lot_points::bigint[]
            from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) as n (distribution_id, returned, lot_dates, lot_points)
            where d.distribution_id = n.distribution_id
            """;

    /**
     * A row, with the debit before its final state.
     *
     * @param returned what of it came back because awards were reversed
     * @param at when the current state was reached
     */
    record Known(PoolDebit debit, String kind, long amount, long returned, Instant at) {}

    Uni<Map<UUID, Known>> find(Tx tx, Collection<UUID> distributions) {
        return tx.query(FIND, (Object) distributions.stream().sorted().toArray(UUID[]::new))
                .map(rows -> {
                    var known = new HashMap<UUID, Known>();
                    rows.forEach(row -> known.put(row.getUUID("distribution_id"), known(row)));
                    return known;
                });
    }

    /** Writes the rows, which are new; fails with a violation of their key if another instance inserted one of them concurrently. */
    Uni<Void> insert(Tx tx, List<Known> rows, Instant now) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(INSERT, arguments(rows, now)).replaceWithVoid();
    }

    Uni<Void> update(Tx tx, List<Known> rows, Instant now) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(UPDATE, arguments(rows, now)).replaceWithVoid();
    }

    /** Writes how much of these debits has come back. */
    Uni<Void> takeBack(Tx tx, Collection<PoolRules.Named> named) {
        if (named.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var lots = LotColumns.of(named, debit -> lots(debit.debit()));
        return tx.query(
                        TAKE_BACK,
                        Columns.uuids(named, debit -> debit.debit().distributionId()),
                        Columns.longs(named, PoolRules.Named::takenBack),
                        lots[0],
                        lots[1])
                .replaceWithVoid();
    }

    private static Lots lots(PoolDebit debit) {
        return debit instanceof Debited debited ? debited.lots() : Lots.NONE;
    }

    private static Object[] arguments(List<Known> rows, Instant now) {
        int n = rows.size();
        var ids = new UUID[n];
        var tenants = new UUID[n];
        var kinds = new String[n];
        var amounts = new Long[n];
        var states = new String[n];
        var reasons = new String[n];
        var refunds = new Long[n];
        var balances = new Long[n];
        var versions = new Long[n];
        for (int i = 0; i < n; i++) {
            var debit = rows.get(i).debit();
            var columns = columns(debit);
            ids[i] = debit.distributionId();
            tenants[i] = debit.tenantId();
            kinds[i] = rows.get(i).kind();
            amounts[i] = rows.get(i).amount();
            states[i] = columns.state();
            reasons[i] = columns.reason();
            refunds[i] = columns.refunded();
            balances[i] = columns.balance();
            versions[i] = columns.version();
        }
        var lots = LotColumns.of(rows, row -> lots(row.debit()));
        var from = departments(rows, PoolDebits::from);
        var to = departments(rows, debit -> debit instanceof Moved moved ? moved.to() : null);
        return new Object[] {
            ids,
            tenants,
            kinds,
            amounts,
            states,
            reasons,
            refunds,
            balances,
            versions,
            now.atOffset(ZoneOffset.UTC),
            lots[0],
            lots[1],
            from[0],
            from[1],
            from[2],
            to[0],
            to[1],
            to[2]
        };
    }

    /** The department whose envelope was debited, or credited with what came back. */
    private static @Nullable DepartmentBalance from(PoolDebit debit) {
        if (debit instanceof Debited debited) {
            return debited.department();
        }
        if (debit instanceof Cancelled cancelled) {
            return cancelled.department();
        }
        if (debit instanceof Refunded refunded) {
            return refunded.department();
        }
        if (debit instanceof Returned returned) {
            return returned.department();
        }
        return debit instanceof Moved moved ? moved.from() : null;
    }

    /** Their ids, entries and balances; each null if none of the rows has a department. */
    private static @Nullable Object[] departments(
            List<Known> rows, Function<PoolDebit, @Nullable DepartmentBalance> department) {
        var all = rows.stream().map(row -> department.apply(row.debit())).toList();
        if (all.stream().allMatch(Objects::isNull)) {
            return new Object[3];
        }
        return new Object[] {
            Columns.uuids(all, one -> one == null ? null : one.departmentId()),
            Columns.longs(all, one -> one == null ? null : one.entry()),
            Columns.longs(all, one -> one == null ? null : one.balance())
        };
    }

    private static @Nullable DepartmentBalance department(Row row, String prefix) {
        var id = row.getUUID(prefix + "department_id");
        return id == null
                ? null
                : new DepartmentBalance(
                        id, row.getLong(prefix + "department_entry"), row.getLong(prefix + "department_balance"));
    }

    private record StateColumns(String state, @Nullable String reason, long refunded, long balance, long version) {}

    private static StateColumns columns(PoolDebit debit) {
        if (debit instanceof Debited d) {
            return new StateColumns("DEBITED", null, 0, d.balance(), d.version());
        }
        if (debit instanceof Refused r) {
            return new StateColumns("REFUSED", r.reason().name(), 0, r.balance(), r.version());
        }
        if (debit instanceof Cancelled c) {
            return new StateColumns("CANCELLED", null, c.refunded(), c.balance(), c.version());
        }
        if (debit instanceof Refunded r) {
            return new StateColumns("REFUNDED", null, r.refunded(), r.balance(), r.version());
        }
        if (debit instanceof Returned r) {
            return new StateColumns("RETURNED", null, 0, r.balance(), r.version());
        }
        if (debit instanceof Moved) {
            return new StateColumns("MOVED", null, 0, 0, 0);
        }
        return new StateColumns("SET_ASIDE", null, 0, ((SetAside) debit).outstanding(), 0);
    }

    private static Known known(Row row) {
        var id = row.getUUID("distribution_id");
        var tenant = row.getUUID("tenant_id");
        var kind = row.getString("kind");
        long amount = row.getLong("amount");
        long refunded = row.getLong("refunded");
        long balance = row.getLong("balance_after");
        long version = row.getLong("pool_version");
        PoolDebit debit =
                switch (row.getString("state")) {
                    case "DEBITED" ->
                        new Debited(
                                id,
                                tenant,
                                DistributionKind.of(kind),
                                amount,
                                balance,
                                version,
                                LotColumns.readOfPool(row),
                                department(row, ""));
                    case "REFUSED" ->
                        new Refused(
                                id,
                                tenant,
                                DistributionKind.of(kind),
                                amount,
                                RefusalReason.valueOf(row.getString("reason")),
                                balance,
                                version);
                    case "CANCELLED" -> new Cancelled(id, tenant, refunded, balance, version, department(row, ""));
                    case "REFUNDED" -> new Refunded(id, tenant, refunded, balance, version, department(row, ""));
                    case "RETURNED" -> new Returned(id, tenant, amount, balance, version, department(row, ""));
                    case "MOVED" -> new Moved(id, tenant, amount, department(row, ""), department(row, "to_"));
                    case "SET_ASIDE" -> new SetAside(id, tenant, amount, balance);
                    default -> throw new IllegalStateException("Unknown state of pool debit " + id);
                };
        return new Known(
                debit,
                kind,
                amount,
                row.getLong("returned"),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
