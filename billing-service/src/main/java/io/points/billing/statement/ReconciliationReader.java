package io.points.billing.statement;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.platform.background.Loop;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads what a reconciliation compares: all of it as it stands at one moment, without a lock, and by statements that each read
 * a page or a month.
 */
@ApplicationScoped
class ReconciliationReader {

    private static final String CLOSED_STATE = "closed";

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

    /** Fails with a 404 problem if the tenant is unknown. */
    Uni<Reconciliation> read(UUID tenant) {
        return transactions
                .snapshot(tx -> tenants.find(tx, tenant).chain(known -> {
                    if (known == null) {
                        throw Problem.notFound("tenant").exception();
                    }
                    return new PairReader(tx, tenant).read().chain(pairs -> new TotalsReader(tx, known)
                            .read()
                            .chain(totals -> closed(tx, known).map(months -> new Books(pairs, totals, months))));
                }))
                .chain(books -> Offload.call(() -> reconcile(tenant, books)));
    }

    /** A closed month: the document with which it was closed, and the statement that the tables give now. */
    private record Closed(String document, Statement now) {}

    private record Books(List<Reconciliation.Pair> pairs, Reconciliation.Totals totals, List<Closed> months) {}

    private Reconciliation reconcile(UUID tenant, Books books) {
        var months = books.months().stream()
                .map(month -> new Reconciliation.ClosedMonth(documents.statement(month.document()), month.now()))
                .toList();
        return Reconciliation.of(tenant, books.pairs(), books.totals(), months);
    }

    private Uni<List<Closed>> closed(Tx tx, BilledTenant tenant) {
        var closedThrough = tenant.closedThrough();
        if (closedThrough == null) {
            return Uni.createFrom().item(List.of());
        }
        return tx.query(CLOSED, tenant.id(), closedThrough.firstDay()).chain(rows -> {
            var months = new ArrayList<Closed>();
            var left = rows.iterator();
            return Loop.run(() -> {
                        if (!left.hasNext()) {
                            return Uni.createFrom().item(false);
                        }
                        var row = left.next();
                        return statements
                                .read(tx, tenant.id(), Period.of(row.getLocalDate("billing_period")), CLOSED_STATE)
                                .invoke(now -> months.add(new Closed(row.getString("statement"), now)))
                                .replaceWith(true);
                    })
                    .replaceWith(months);
        });
    }
}
