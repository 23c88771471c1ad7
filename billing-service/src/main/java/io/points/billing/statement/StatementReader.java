package io.points.billing.statement;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.Issuer;
import io.points.billing.invoice.IssuerConfig;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Reads what a statement is made of. Whoever calls keeps the tenant's writers away, so that all of it fits together. */
@ApplicationScoped
public class StatementReader {

    private static final String FLOWS = """
            select flow, coalesce(sum(points) filter (where billing_period < $2), 0)::bigint as before,
                   coalesce(sum(points) filter (where billing_period = $2), 0)::bigint as within
            from period_flows where tenant_id = $1 and billing_period <= $2 group by flow
            """;

    private static final String ENTRIES = "select " + EntryView.COLUMNS
            + " from platform_billing_logs where billing_period_start = $2 and billing_account_id = $1"
            + " order by x_pool_version, x_line";

    private static final String BALANCES = """
            select currency, coalesce(sum(amount_minor) filter (where billing_period < $2), 0) as opening,
                   sum(amount_minor) as closing
            from period_amounts where tenant_id = $1 and billing_period <= $2 group by currency order by currency
            """;

    private static final String NAME = "select name from billing_tenants where tenant_id = $1";

    private final IssuerConfig issuer;

    StatementReader(IssuerConfig issuer) {
        this.issuer = issuer;
    }

    /** @param state of the month, as the statement says it */
    public Uni<Statement> read(Tx tx, UUID tenant, Period period, String state) {
        return tx.query(FLOWS, tenant, period.firstDay()).chain(flows -> {
            var before = new EnumMap<Flow, Long>(Flow.class);
            var within = new EnumMap<Flow, Long>(Flow.class);
            flows.forEach(row -> {
                before.put(Flow.of(row.getString("flow")), row.getLong("before"));
                within.put(Flow.of(row.getString("flow")), row.getLong("within"));
            });
            return entries(tx, tenant, period)
                    .map(entries -> Statement.of(tenant, period, state, before, within, entries))
                    .chain(statement -> heading(tx, tenant, period).map(heading -> heading.apply(statement)));
        });
    }

    /** Names and balances of a month, for its statement. */
    private Uni<UnaryOperator<Statement>> heading(Tx tx, UUID tenant, Period period) {
        return tx.query(NAME, tenant)
                .map(rows -> rows.iterator().next().getString("name"))
                .chain(name -> balances(tx, tenant, period)
                        .map(balances ->
                                statement -> statement.with(name, Issuer.of(issuer), Statement.NO_TAX, balances)));
    }

    private static Uni<List<Prepayment>> balances(Tx tx, UUID tenant, Period period) {
        return tx.query(BALANCES, tenant, period.firstDay()).map(rows -> {
            var balances = new ArrayList<Prepayment>();
            rows.forEach(row -> balances.add(Prepayment.of(
                    row.getString("currency"),
                    row.getBigDecimal("opening").toBigIntegerExact(),
                    row.getBigDecimal("closing").toBigIntegerExact())));
            return balances;
        });
    }

    /** Of consecutive months in which nothing moved and nothing was billed: each ends as it begins. */
    public Uni<List<Statement>> readUnmoved(Tx tx, UUID tenant, List<Period> periods) {
        return tx.query(FLOWS, tenant, periods.get(0).firstDay()).chain(flows -> {
            var before = new EnumMap<Flow, Long>(Flow.class);
            flows.forEach(row -> before.put(Flow.of(row.getString("flow")), row.getLong("before")));
            return heading(tx, tenant, periods.get(0)).map(heading -> periods.stream()
                    .map(it -> Statement.of(tenant, it, Statement.CLOSED, before, Map.of(), List.of()))
                    .map(heading)
                    .toList());
        });
    }

    private static Uni<List<EntryView>> entries(Tx tx, UUID tenant, Period period) {
        return tx.query(ENTRIES, tenant, period.start().atOffset(ZoneOffset.UTC))
                .map(rows -> {
                    var entries = new ArrayList<EntryView>();
                    rows.forEach(row -> entries.add(EntryView.of(row)));
                    return entries;
                });
    }
}
