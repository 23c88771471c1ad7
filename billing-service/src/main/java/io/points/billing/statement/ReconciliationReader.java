package io.points.billing.statement;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.billing.counted.AuditComparison;
import io.points.billing.counted.AuditCounts;
import io.points.billing.invoice.BillingDocument;
import io.points.billing.invoice.BillingDocuments;
import io.points.platform.background.Loop;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    /** With the document of the newest closing of each month only. */
    private static final String CLOSINGS = """
            select billing_period, created_at, created_by, statement_sha256,
                   case when lead(step) over (partition by billing_period order by step) is null then statement end as statement
            from period_log where tenant_id = $1 and action = 'closed' and billing_period <= $2
            order by billing_period, step
            """;

    private final Transactions transactions;
    private final BilledTenants tenants;
    private final StatementReader statements;
    private final Documents documents;
    private final BillingDocuments billingDocuments;
    private final AuditCounts counts;

    ReconciliationReader(
            Transactions transactions,
            BilledTenants tenants,
            StatementReader statements,
            Documents documents,
            BillingDocuments billingDocuments,
            AuditCounts counts) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.statements = statements;
        this.documents = documents;
        this.billingDocuments = billingDocuments;
        this.counts = counts;
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
                            .chain(totals -> closed(tx, known).chain(months -> counts.compare(tx, known)
                                    .map(audit -> new Books(pairs, totals, months, audit)))));
                }))
                .chain(books -> Offload.call(() -> reconcile(tenant, books)));
    }

    /** A closed month: the document with which it was closed, and how. */
    private record Closed(Period period, String document, Closing how) {}

    /** A closed month, and the statement and the documents that the tables give now. */
    private record Read(Closed closed, Statement now, List<BillingDocument> documents) {}

    private record Books(
            List<Reconciliation.Pair> pairs, Reconciliation.Totals totals, List<Read> months, AuditComparison audit) {}

    private Reconciliation reconcile(UUID tenant, Books books) {
        var months = books.months().stream()
                .map(month -> Reconciliation.ClosedMonth.of(
                        documents.statement(month.closed().document()),
                        month.now(),
                        month.closed().how(),
                        month.documents()))
                .toList();
        return Reconciliation.of(tenant, books.pairs(), books.totals(), months, books.audit());
    }

    private Uni<List<Read>> closed(Tx tx, BilledTenant tenant) {
        var closedThrough = tenant.closedThrough();
        if (closedThrough == null) {
            return Uni.createFrom().item(List.of());
        }
        return tx.query(CLOSINGS, tenant.id(), closedThrough.firstDay()).chain(rows -> {
            var months = new ArrayList<Read>();
            var left = newest(rows).iterator();
            return Loop.run(() -> {
                        if (!left.hasNext()) {
                            return Uni.createFrom().item(false);
                        }
                        var month = left.next();
                        return statements
                                .read(tx, tenant.id(), month.period(), CLOSED_STATE)
                                .chain(now -> billingDocuments
                                        .ofMonth(tx, tenant.id(), month.period())
                                        .invoke(issued -> months.add(new Read(month, now, issued))))
                                .replaceWith(true);
                    })
                    .replaceWith(months);
        });
    }

    /** The newest closing of each month; what was issued before is what it replaces. */
    private static List<Closed> newest(RowSet<Row> closings) {
        var months = new ArrayList<Closed>();
        var replaced = new ArrayList<Revision>();
        closings.forEach(row -> {
            var how =
                    Closing.after(replaced, row.getOffsetDateTime("created_at").toInstant(), row.getUUID("created_by"));
            var document = row.getString("statement");
            if (document == null) {
                replaced.add(how.issued(row.getString("statement_sha256")));
            } else {
                months.add(new Closed(Period.of(row.getLocalDate("billing_period")), document, how));
                replaced.clear();
            }
        });
        return months;
    }
}
