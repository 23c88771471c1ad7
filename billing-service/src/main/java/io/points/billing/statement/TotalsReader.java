package io.points.billing.statement;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Flow;
import io.points.billing.MovementMonths;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;

/** Adds up a tenant's movements month by month, and reads what statements count of them. */
final class TotalsReader {

    private static final String MONTHS =
            "with recursive " + MovementMonths.OF_TENANT + "select billing_period from months";

    /** The index has all of it. */
    private static final String MONTH = """
            select flow, sum(points)::bigint as points,
                   coalesce(sum(points) filter (where pool_version <= $3), 0)::bigint as known,
                   coalesce(sum(points) filter (where pool_version <= $4), 0)::bigint as adjusted,
                   count(pool_version) filter (where pool_version <= $3) as versions
            from movement_log where tenant_id = $1 and billing_period = $2 group by flow
            """;

    private static final String BALANCE = """
            select coalesce(max(balance_after), 0) as balance from movement_log where tenant_id = $1 and pool_version = $2
            """;

    private static final String ADJUSTMENTS = """
            select pool_version, balance_after, count(*) over () as adjustments from movement_log
            where tenant_id = $1 and flow = 'adjusted' and pool_version <= $2 order by pool_version desc limit 1
            """;

    private static final String SUMMED =
            "select flow, sum(points)::bigint as points from period_flows where tenant_id = $1 group by flow";

    private final Tx tx;
    private final BilledTenant tenant;
    private final Map<Flow, Long> logged = new EnumMap<>(Flow.class);
    private final Queue<LocalDate> months = new ArrayDeque<>();
    private long moved;
    private long versions;
    private Adjustments adjustments = new Adjustments(0, 0, 0);
    private long movedUntilAdjusted;

    /**
     * The pool's adjustments: how many there are, and what the newest one told. From it on, the balance that it told is what
     * the movements after it add to.
     */
    private record Adjustments(long number, long version, long balance) {
        static Adjustments of(Row row) {
            return new Adjustments(
                    row.getLong("adjustments"), row.getLong("pool_version"), row.getLong("balance_after"));
        }
    }

    /** For one reading, within a snapshot. */
    TotalsReader(Tx tx, BilledTenant tenant) {
        this.tx = tx;
        this.tenant = tenant;
    }

    Uni<Reconciliation.Totals> read() {
        return tx.query(MONTHS, tenant.id())
                .invoke(rows -> rows.forEach(row -> months.add(row.getLocalDate("billing_period"))))
                .chain(() -> tx.query(ADJUSTMENTS, tenant.id(), tenant.contiguousVersion()))
                .invoke(rows -> rows.forEach(row -> adjustments = Adjustments.of(row)))
                .chain(() -> Loop.run(this::nextMonth))
                .chain(() -> tx.query(BALANCE, tenant.id(), tenant.contiguousVersion()))
                .map(rows -> rows.iterator().next().getLong("balance"))
                .chain(balance -> tx.query(SUMMED, tenant.id()).map(rows -> {
                    var summed = new EnumMap<Flow, Long>(Flow.class);
                    rows.forEach(row -> summed.put(Flow.of(row.getString("flow")), row.getLong("points")));
                    long contiguous = tenant.contiguousVersion();
                    long points = adjustments.balance() - movedUntilAdjusted;
                    return new Reconciliation.Totals(
                            contiguous,
                            moved + points,
                            balance,
                            logged,
                            summed,
                            new Reconciliation.Adjusted(adjustments.number(), contiguous - versions, points));
                }));
    }

    private Uni<Boolean> nextMonth() {
        var month = months.poll();
        if (month == null) {
            return Uni.createFrom().item(false);
        }
        return tx.query(MONTH, tenant.id(), month, tenant.contiguousVersion(), adjustments.version())
                .map(rows -> {
                    for (var row : rows) {
                        var flow = Flow.of(row.getString("flow"));
                        logged.merge(flow, row.getLong("points"), Math::addExact);
                        moved += flow.pool() * row.getLong("known");
                        movedUntilAdjusted += flow.pool() * row.getLong("adjusted");
                        versions += row.getLong("versions");
                    }
                    return true;
                });
    }
}
