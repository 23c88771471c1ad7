package io.points.billing.statement;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.invoice.BillingDocuments;
import io.points.billing.invoice.Issuer;
import io.points.billing.invoice.IssuerConfig;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.UUID;

/** Reads all months of a tenant together, within a snapshot. */
@ApplicationScoped
public class FinalStatementReader {

    private static final String FLOWS =
            "select flow, sum(points)::bigint as points from period_flows where tenant_id = $1 group by flow";

    private static final String BILLED = """
            select billing_currency,
                   coalesce(sum(x_amount_minor) filter (where charge_category = 'Purchase'), 0) as purchases,
                   coalesce(sum(x_amount_minor) filter (where charge_category = 'Credit'), 0) as credits,
                   coalesce(sum(x_amount_minor) filter (where charge_category = 'Adjustment'), 0) as adjustments,
                   coalesce(sum(x_amount_minor) filter (where charge_class is not null), 0) as corrections
            from platform_billing_logs where billing_account_id = $1 group by billing_currency order by billing_currency
            """;

    private static final String NAME = "select name from billing_tenants where tenant_id = $1";

    private final BillingDocuments documents;
    private final IssuerConfig issuer;

    FinalStatementReader(BillingDocuments documents, IssuerConfig issuer) {
        this.documents = documents;
        this.issuer = issuer;
    }

    /**
     * As it stands.
     *
     * @param first the tenant's first month
     * @param last the month up to which it goes
     * @param isFinal whether it stays as it is
     */
    public Uni<Statement> read(Tx tx, BilledTenant tenant, Period first, Period last, boolean isFinal) {
        return tx.query(FLOWS, tenant.id())
                .chain(flows -> {
                    var within = new EnumMap<Flow, Long>(Flow.class);
                    flows.forEach(row -> within.put(Flow.of(row.getString("flow")), row.getLong("points")));
                    return billed(tx, tenant.id())
                            .map(billed -> Statement.ofAll(tenant.id(), first, last, isFinal, within, billed));
                })
                .chain(statement -> heading(tx, statement));
    }

    private Uni<Statement> heading(Tx tx, Statement statement) {
        var tenant = statement.tenantId();
        return tx.query(NAME, tenant)
                .map(rows -> rows.iterator().next().getString("name"))
                .chain(name -> documents
                        .ofTenant(tx, tenant)
                        .map(issued -> statement.with(
                                name, Issuer.of(issuer), Statement.NO_TAX, prepayments(statement), issued)));
    }

    /** It begins with nothing, so that what is left at its end is what was billed. */
    private static List<Prepayment> prepayments(Statement statement) {
        return statement.billed().stream()
                .map(it -> Prepayment.of(it.currency(), BigInteger.ZERO, it.totalMinor()))
                .toList();
    }

    private static Uni<List<Billed>> billed(Tx tx, UUID tenant) {
        return tx.query(BILLED, tenant).map(rows -> {
            var billed = new ArrayList<Billed>();
            rows.forEach(row -> billed.add(Billed.of(
                    row.getString("billing_currency"),
                    minor(row, "purchases"),
                    minor(row, "credits"),
                    minor(row, "adjustments"),
                    minor(row, "corrections"))));
            return billed;
        });
    }

    private static BigInteger minor(Row row, String column) {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
