package io.points.billing.period;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.statement.Document;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.billing.statement.StatementReader;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Months as they stand, and their statements. */
@ApplicationScoped
class Periods {

    private final Transactions transactions;
    private final BilledTenants tenants;
    private final PeriodRows rows;
    private final StatementReader statements;
    private final Documents documents;

    Periods(
            Transactions transactions,
            BilledTenants tenants,
            PeriodRows rows,
            StatementReader statements,
            Documents documents) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.rows = rows;
        this.statements = statements;
        this.documents = documents;
    }

    /** Which month of which tenant. */
    record Month(UUID tenantId, Period period) {}

    /**
     * A month as it is shown.
     *
     * @param word for its state
     */
    record Shown(PeriodHistory history, String word) {}

    /**
     * A statement as it is shown.
     *
     * @param isClosed true if it stays as it is for ever
     */
    record Issued(Statement statement, Document document, boolean isClosed) {}

    /** Fails with a 404 problem if the tenant is unknown. */
    Uni<Shown> read(Month month) {
        return transactions.snapshot(tx -> asItStands(tx, month).map(it -> shown(it.history(), it.around())));
    }

    /**
     * A closed month as it was closed, otherwise its current state. Fails with a 404 problem if the tenant is unknown.
     *
     * @param revision which of the statements that were issued for the month, from 1, and a 404 problem if there is none; null for
     *     the month as it stands
     */
    Uni<Issued> statement(Month month, @Nullable Long revision) {
        return transactions
                .snapshot(tx -> asItStands(tx, month).chain(found -> {
                    var history = found.history();
                    var closed = revision == null ? history.document() : issued(history, revision);
                    return closed == null
                            ? read(tx, month, PeriodRules.word(history.state(), found.around()))
                                    .map(it -> new Written(it, null))
                            : Uni.createFrom().item(new Written(null, closed));
                }))
                .chain(written -> Offload.call(() -> issued(written)));
    }

    private static Document issued(PeriodHistory history, long revision) {
        var document = history.document(revision);
        if (document == null) {
            var newest = history.closings();
            throw Problem.notFound("revision")
                    .withError(
                            "revision",
                            newest == 0 ? "the month has none, as it was never closed" : "the newest is " + newest)
                    .exception();
        }
        return document;
    }

    /** A statement as it stands, or the document with which its month was closed. */
    private record Written(
            @Nullable Statement statement, @Nullable Document closed) {}

    private Issued issued(Written written) {
        return written.closed() == null
                ? new Issued(written.statement(), documents.document(written.statement()), false)
                : new Issued(documents.statement(written.closed().json()), written.closed(), true);
    }

    /**
     * What is decided about, as it stands at one moment.
     *
     * @param earlier the months before it that are not closed, oldest first
     * @param lapse the newest step of the history if it is not in the tables yet: a proposal has lapsed; null otherwise
     */
    record Found(
            BilledTenant tenant,
            PeriodHistory history,
            @Nullable Step lapse,
            Surroundings around,
            List<Period> earlier,
            Instant now) {

        private static Found of(
                BilledTenant tenant, Period month, PeriodHistory stored, @Nullable Period since, Instant now) {
            var lapse = PeriodRules.lapse(stored, now);
            var closedThrough = tenant.closedThrough();
            return new Found(
                    tenant,
                    lapse == null ? stored : stored.after(lapse),
                    lapse,
                    Surroundings.of(month, since, closedThrough, now),
                    EarlierMonths.open(month, since, closedThrough),
                    now);
        }
    }

    /** Under the tenant's lock. Fails with a 404 problem if the tenant is unknown. */
    Uni<Found> lock(Tx tx, Month month) {
        return tenants.lock(tx, month.tenantId()).chain(tenant -> found(tx, tenant, month));
    }

    /** Without a lock. Fails with a 404 problem if the tenant is unknown. */
    Uni<Found> asItStands(Tx tx, Month month) {
        return tenants.find(tx, month.tenantId()).chain(tenant -> found(tx, tenant, month));
    }

    private Uni<Found> found(Tx tx, @Nullable BilledTenant tenant, Month month) {
        if (tenant == null) {
            throw Problem.notFound("tenant").exception();
        }
        // Under the tenant's lock, so that times follow each other as steps do.
        var now = BusinessTime.now();
        return rows.history(tx, tenant.id(), month.period()).chain(history -> rows.first(tx, tenant)
                .map(since -> Found.of(tenant, month.period(), history, since, now)));
    }

    private Uni<Statement> read(Tx tx, Month month, String state) {
        return statements.read(tx, month.tenantId(), month.period(), state);
    }

    static ProblemException problem(Refused refused) {
        var refusal = refused.refusal();
        return Problem.of(409, refusal.slug(), refusal.title(), refused.detail())
                .withError("period", refusal.title())
                .exception();
    }

    static Shown shown(PeriodHistory history, Surroundings around) {
        return new Shown(history, PeriodRules.word(history.state(), around));
    }
}
