package io.points.billing.statement;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.http.Problem;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what a reconciliation compares: all of it as it stands at one moment. */
@ApplicationScoped
class ReconciliationReader {

    private static final String PAIRS = """
            select coalesce(m.event_id, e.event_id) as event_id, m.flow, m.points, m.pool_version, m.unit_price, m.currency,
                   e.lines, e.points as billed_points, e.amount
            from (select event_id, flow, points, pool_version, unit_price, currency
                  from movement_log where tenant_id = $1 and currency is not null) m
            full join (select x_event_id as event_id, count(*) as lines, sum(pricing_quantity)::bigint as points,
                              sum(x_amount_minor) as amount
                       from platform_billing_logs where billing_account_id = $1 group by x_event_id) e
              on e.event_id = m.event_id
            order by coalesce(m.pool_version, 0), 1
            """;

    private static final String POOL = """
            select coalesce(sum(case when flow in ('clawed_back', 'distributed') then -points else points end), 0)::bigint as moved,
                   coalesce(max(balance_after) filter (where pool_version = $2), 0) as balance
            from movement_log where tenant_id = $1 and pool_version <= $2
            """;

    private static final String LOGGED =
            "select flow, sum(points)::bigint as points from movement_log where tenant_id = $1 group by flow";

    private static final String SUMMED =
            "select flow, sum(points)::bigint as points from period_flows where tenant_id = $1 group by flow";

    private static final String CLOSED = """
            select distinct on (billing_period) billing_period, statement from period_log
            where tenant_id = $1 and action = 'closed' and billing_period <= $2 order by billing_period, step desc
            """;

    private final Transactions transactions;
    private final BilledTenants tenants;
    private final StatementReader statements;
    private final Documents documents;

    ReconciliationReader(
            Transactions transactions, BilledTenants tenants, StatementReader statements, Documents documents) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.statements = statements;
        this.documents = documents;
    }

    /** Fails with a 404 problem if nothing was heard of the tenant. */
    Uni<Reconciliation> read(UUID tenant) {
        return transactions.write(tx -> tenants.still(tx, tenant).chain(known -> {
            if (known == null) {
                throw Problem.notFound("tenant").exception();
            }
            return read(tx, known);
        }));
    }

    private Uni<Reconciliation> read(Tx tx, BilledTenant tenant) {
        return tx.query(PAIRS, tenant.id()).map(ReconciliationReader::pairs).chain(pairs -> totals(tx, tenant)
                .chain(totals ->
                        months(tx, tenant).map(months -> Reconciliation.of(tenant.id(), pairs, totals, months))));
    }

    private static Uni<Reconciliation.Totals> totals(Tx tx, BilledTenant tenant) {
        long contiguous = tenant.contiguousVersion();
        return tx.query(POOL, tenant.id(), contiguous)
                .map(rows -> rows.iterator().next())
                .chain(pool -> tx.query(LOGGED, tenant.id()).chain(logged -> tx.query(SUMMED, tenant.id())
                        .map(summed -> new Reconciliation.Totals(
                                contiguous,
                                pool.getLong("moved"),
                                pool.getLong("balance"),
                                flows(logged),
                                flows(summed)))));
    }

    private Uni<List<Reconciliation.ClosedMonth>> months(Tx tx, BilledTenant tenant) {
        var closedThrough = tenant.closedThrough();
        if (closedThrough == null) {
            return Uni.createFrom().item(List.of());
        }
        return tx.query(CLOSED, tenant.id(), closedThrough.firstDay()).chain(rows -> {
            var months = new ArrayList<Reconciliation.ClosedMonth>();
            var all = Uni.createFrom().voidItem();
            for (var row : rows) {
                var closed = documents.statement(row.getString("statement"));
                var period = Period.of(row.getLocalDate("billing_period"));
                all = all.chain(() -> statements.read(tx, tenant.id(), period, closed.state()))
                        .invoke(now -> months.add(new Reconciliation.ClosedMonth(closed, now)))
                        .replaceWithVoid();
            }
            return all.replaceWith(months);
        });
    }

    private static List<Reconciliation.Pair> pairs(RowSet<Row> rows) {
        var pairs = new ArrayList<Reconciliation.Pair>();
        for (var row : rows) {
            var event = row.getString("flow") == null
                    ? null
                    : new Reconciliation.Event(
                            Flow.of(row.getString("flow")),
                            row.getLong("points"),
                            row.getLong("pool_version"),
                            row.getBigDecimal("unit_price"),
                            row.getString("currency"));
            var lines = row.getLong("lines") == null
                    ? null
                    : new Reconciliation.Lines(
                            row.getLong("lines"),
                            row.getLong("billed_points"),
                            row.getBigDecimal("amount").toBigIntegerExact());
            pairs.add(new Reconciliation.Pair(row.getUUID("event_id"), event, lines));
        }
        return pairs;
    }

    private static Map<Flow, Long> flows(RowSet<Row> rows) {
        var flows = new EnumMap<Flow, Long>(Flow.class);
        rows.forEach(row -> flows.put(Flow.of(row.getString("flow")), row.getLong("points")));
        return flows;
    }
}
