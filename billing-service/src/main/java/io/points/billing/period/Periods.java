package io.points.billing.period;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Outcome;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.Standing.Action;
import io.points.billing.period.Standing.State;
import io.points.billing.period.Standing.Step;
import io.points.billing.statement.Document;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.billing.statement.StatementReader;
import io.points.http.Problem;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Closes and reopens months, and reads their statements. What is done is decided under the tenant's lock. */
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

    /** Who wants something done, and why. */
    record Wish(UUID by, String reason) {}

    /**
     * A statement as it is shown.
     *
     * @param isClosed true if it stays as it is for ever
     */
    record Issued(Statement statement, Document document, boolean isClosed) {}

    @FunctionalInterface
    private interface Decision {
        Uni<Outcome> decide(BilledTenant tenant, Standing standing);
    }

    Uni<Standing> softClose(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, (tenant, standing) -> Uni.createFrom()
                .item(PeriodRules.softClose(
                        standing,
                        !Instant.now().isBefore(month.period().end()),
                        tenant.isClosed(month.period().next()))));
    }

    Uni<Standing> close(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, (tenant, standing) -> rows.first(tx, tenant.id())
                .chain(first -> rows.heard(tx, tenant, month.period())
                        .map(heard -> PeriodRules.close(
                                standing,
                                earlierAreClosed(tenant, first, month.period()),
                                tenant.isClosed(month.period().next()),
                                heard))));
    }

    Uni<Standing> proposeReopening(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, (tenant, standing) -> Uni.createFrom()
                .item(PeriodRules.proposeReopening(
                        standing, tenant.isClosed(month.period().next()), wish.by())));
    }

    Uni<Standing> approveReopening(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, (tenant, standing) -> Uni.createFrom()
                .item(PeriodRules.approveReopening(
                        standing, tenant.isClosed(month.period().next()), wish.by())));
    }

    /** Fails with a 404 problem if nothing was heard of the tenant. */
    Uni<Standing> standing(Month month) {
        return transactions.write(tx -> tenants.still(tx, month.tenantId())
                .chain(tenant -> rows.standing(tx, found(tenant).id(), month.period())));
    }

    /** Of a closed month as it was closed, else as it stands. Fails with a 404 problem if nothing was heard of the tenant. */
    Uni<Issued> statement(Month month) {
        return transactions.write(tx -> tenants.still(tx, month.tenantId())
                .chain(tenant -> rows.standing(tx, found(tenant).id(), month.period()))
                .chain(standing -> {
                    var closed = standing.document();
                    return closed == null
                            ? read(tx, month, standing.state()).map(it -> new Issued(it, documents.document(it), false))
                            : Uni.createFrom().item(new Issued(documents.statement(closed.json()), closed, true));
                }));
    }

    private Uni<Statement> read(Tx tx, Month month, State state) {
        return statements.read(tx, month.tenantId(), month.period(), state.word());
    }

    private static boolean earlierAreClosed(BilledTenant tenant, @Nullable Period first, Period period) {
        return first == null || !first.isBefore(period) || tenant.isClosed(period.previous());
    }

    private Uni<Standing> act(Tx tx, Month month, Wish wish, Decision decision) {
        return tenants.lock(tx, month.tenantId()).chain(found -> {
            var tenant = found(found);
            return rows.standing(tx, tenant.id(), month.period()).chain(standing -> decision.decide(tenant, standing)
                    .chain(outcome -> conclude(tx, month, wish, standing, outcome)));
        });
    }

    private Uni<Standing> conclude(Tx tx, Month month, Wish wish, Standing standing, Outcome outcome) {
        if (outcome instanceof Refused refused) {
            var refusal = refused.refusal();
            throw Problem.of(409, refusal.slug(), refusal.title(), refused.detail())
                    .withError("period", refusal.title())
                    .exception();
        }
        if (!(outcome instanceof Done done)) {
            return Uni.createFrom().item(standing);
        }
        return document(tx, month, done.action()).chain(document -> {
            var step = new Step(
                    standing.nextNumber(),
                    done.action(),
                    wish.reason(),
                    wish.by(),
                    Instant.now().truncatedTo(ChronoUnit.MICROS),
                    document.orElse(null));
            var steps = new ArrayList<>(standing.steps());
            steps.add(step);
            return rows.append(tx, month.tenantId(), month.period(), step)
                    .chain(() -> closeThrough(tx, month, done.action()))
                    .replaceWith(new Standing(steps));
        });
    }

    /** The statement as it is from now on; empty if nothing is closed. */
    private Uni<Optional<Document>> document(Tx tx, Month month, Action action) {
        return action == Action.CLOSED
                ? read(tx, month, State.CLOSED).map(it -> Optional.of(documents.document(it)))
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Void> closeThrough(Tx tx, Month month, Action action) {
        return switch (action) {
            case CLOSED -> tenants.closeThrough(tx, month.tenantId(), month.period());
            case REOPENED ->
                tenants.closeThrough(tx, month.tenantId(), month.period().previous());
            case SOFT_CLOSED, REOPENING_PROPOSED -> Uni.createFrom().voidItem();
        };
    }

    private static BilledTenant found(@Nullable BilledTenant tenant) {
        if (tenant == null) {
            throw Problem.notFound("tenant").exception();
        }
        return tenant;
    }
}
