package io.points.billing.period;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.billing.period.Periods.Issued;
import io.points.billing.statement.Documents;
import io.points.billing.statement.FinalStatementReader;
import io.points.billing.statement.Statement;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements of all of a tenant's months. One is final once the tenant is closed and all months up to then are, too. */
@ApplicationScoped
class FinalStatements {

    private final Transactions transactions;
    private final BilledTenants tenants;
    private final PeriodRows rows;
    private final FinalStatementReader reader;
    private final Documents documents;

    FinalStatements(
            Transactions transactions,
            BilledTenants tenants,
            PeriodRows rows,
            FinalStatementReader reader,
            Documents documents) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.rows = rows;
        this.reader = reader;
        this.documents = documents;
    }

    /** As it stands. Fails with a 404 problem if the tenant is unknown. */
    Uni<Issued> read(UUID tenantId) {
        return transactions
                .snapshot(tx -> tenants.find(tx, tenantId).chain(tenant -> read(tx, tenant)))
                .chain(statement -> Offload.call(() -> new Issued(statement, documents.document(statement), false)));
    }

    private Uni<Statement> read(Tx tx, @Nullable BilledTenant tenant) {
        if (tenant == null) {
            throw Problem.notFound("tenant").exception();
        }
        return rows.first(tx, tenant)
                .chain(first -> tenants.closedIn(tx, tenant.id()).chain(closed -> read(tx, tenant, first, closed)));
    }

    private Uni<Statement> read(Tx tx, BilledTenant tenant, @Nullable Period first, @Nullable Period closed) {
        var month = Period.of(BusinessTime.now());
        var since = first == null ? month : first;
        if (closed == null) {
            return reader.read(tx, tenant, since, month.orLater(since), false);
        }
        // What is heard after the closing of its month counts to a later one.
        var through = tenant.closedThrough();
        var isFinal = through != null && !through.isBefore(closed);
        return reader.read(tx, tenant, since, isFinal ? through : closed.orLater(since), isFinal);
    }
}
