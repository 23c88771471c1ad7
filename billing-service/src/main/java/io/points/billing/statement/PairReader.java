package io.points.billing.statement;

import io.points.billing.Flow;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads a tenant's priced events with what was billed for each, page by page, and what was billed for no event. */
final class PairReader {

    /** So many events at a time, and the lines that were billed for each. */
    private static final int PAGE = 2_000;

    private static final String EVENTS = """
            select m.event_id, m.flow, m.points, m.pool_version, m.unit_price, m.currency, e.lines,
                   e.points as billed_points, e.amount, e.moved
            from (select event_id, flow, points, pool_version, unit_price, currency from movement_log
                  where tenant_id = $1 and currency is not null and pool_version > $2 order by pool_version limit $3) m,
                 lateral (select nullif(count(*), 0) as lines, sum(pricing_quantity)::bigint as points,
                                 sum(x_amount_minor) as amount,
                                 coalesce(sum(x_amount_minor) filter (where x_move_reason is not null), 0) as moved
                          from platform_billing_logs where x_event_id = m.event_id and billing_account_id = $1) e
            order by m.pool_version
            """;

    /** Of the next entries, those billed for an unknown event. */
    private static final String STRANGERS = """
            select e.x_pool_version, e.x_line, e.x_event_id as event_id, e.pricing_quantity as billed_points,
                   e.x_amount_minor as amount, m.event_id is null as strange
            from (select x_pool_version, x_line, x_event_id, pricing_quantity, x_amount_minor from platform_billing_logs
                  where billing_account_id = $1 and (x_pool_version, x_line) > ($2, $3)
                  order by x_pool_version, x_line limit $4) e
            left join movement_log m on m.event_id = e.x_event_id and m.tenant_id = $1
            order by e.x_pool_version, e.x_line
            """;

    private final Tx tx;
    private final UUID tenant;
    private final List<Reconciliation.Pair> pairs = new ArrayList<>();
    private final Map<UUID, Reconciliation.Lines> strangers = new LinkedHashMap<>();
    private long version;
    private int line;

    /** For one reading, within a snapshot. */
    PairReader(Tx tx, UUID tenant) {
        this.tx = tx;
        this.tenant = tenant;
    }

    /** Entries of unknown events first, then the events in the order of the pool. */
    Uni<List<Reconciliation.Pair>> read() {
        return Loop.run(this::nextEvents)
                .invoke(() -> version = 0)
                .chain(() -> Loop.run(this::nextEntries))
                .map(done -> {
                    var all = new ArrayList<Reconciliation.Pair>(strangers.size() + pairs.size());
                    strangers.forEach((event, lines) -> all.add(new Reconciliation.Pair(event, null, lines)));
                    all.addAll(pairs);
                    return all;
                });
    }

    private Uni<Boolean> nextEvents() {
        return tx.query(EVENTS, tenant, version, PAGE).map(rows -> {
            for (var row : rows) {
                pairs.add(pair(row));
                version = row.getLong("pool_version");
            }
            return rows.rowCount() == PAGE;
        });
    }

    private Uni<Boolean> nextEntries() {
        return tx.query(STRANGERS, tenant, version, line, PAGE).map(rows -> {
            for (var row : rows) {
                version = row.getLong("x_pool_version");
                line = row.getInteger("x_line");
                if (row.getBoolean("strange")) {
                    strangers.merge(row.getUUID("event_id"), billed(row), PairReader::together);
                }
            }
            return rows.rowCount() == PAGE;
        });
    }

    private static Reconciliation.Lines billed(Row row) {
        return new Reconciliation.Lines(1, row.getLong("billed_points"), amount(row));
    }

    private static Reconciliation.Lines together(Reconciliation.Lines one, Reconciliation.Lines other) {
        return new Reconciliation.Lines(
                one.count() + other.count(),
                one.points() + other.points(),
                one.amountMinor().add(other.amountMinor()));
    }

    private static Reconciliation.Pair pair(Row row) {
        var event = new Reconciliation.Event(
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
                        amount(row),
                        row.getBigDecimal("moved").toBigIntegerExact());
        return new Reconciliation.Pair(row.getUUID("event_id"), event, lines);
    }

    private static BigInteger amount(Row row) {
        return row.getBigDecimal("amount").toBigIntegerExact();
    }
}
