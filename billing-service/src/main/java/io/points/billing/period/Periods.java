package io.points.billing.period;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.PeriodRules.Decision;
import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.statement.Document;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.billing.statement.StatementReader;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
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
    record Wish(UUID by, String reason, Envelope.Actor actor) {}

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

    @FunctionalInterface
    private interface Rule {
        Uni<Decision> decide(Found found);

        static Rule of(BiFunction<PeriodHistory, Surroundings, Decision> rule) {
            return found -> Uni.createFrom().item(rule.apply(found.history(), found.around()));
        }
    }

    Uni<Shown> softClose(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, Rule.of(PeriodRules::softClose));
    }

    Uni<Shown> close(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, found -> rows.heard(tx, found.tenant(), month.period())
                .map(heard -> PeriodRules.close(found.history(), found.around(), heard)));
    }

    Uni<Shown> proposeReopening(Tx tx, Month month, Wish wish) {
        return act(
                tx,
                month,
                wish,
                Rule.of((history, around) -> PeriodRules.proposeReopening(history, around, wish.by())));
    }

    Uni<Shown> approveReopening(Tx tx, Month month, Wish wish) {
        return act(
                tx,
                month,
                wish,
                Rule.of((history, around) -> PeriodRules.approveReopening(history, around, wish.by())));
    }

    Uni<Shown> rejectReopening(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, Rule.of(PeriodRules::rejectReopening));
    }

    /** Fails with a 404 problem if the tenant is unknown. */
    Uni<Shown> read(Month month) {
        return transactions.snapshot(tx -> asItStands(tx, month).map(it -> shown(it.history(), it.around())));
    }

    /** A closed month as it was closed, otherwise its current state. Fails with a 404 problem if the tenant is unknown. */
    Uni<Issued> statement(Month month) {
        return transactions
                .snapshot(tx -> asItStands(tx, month).chain(found -> {
                    var closed = found.history().document();
                    return closed == null
                            ? read(tx, month, PeriodRules.word(found.history(), found.around()))
                                    .map(it -> new Written(it, null))
                            : Uni.createFrom().item(new Written(null, closed));
                }))
                .chain(written -> Offload.call(() -> issued(written)));
    }

    /** A statement as it stands, or the document with which its month was closed. */
    private record Written(
            @Nullable Statement statement, @Nullable Document closed) {}

    private Issued issued(Written written) {
        return written.closed() == null
                ? new Issued(written.statement(), documents.document(written.statement()), false)
                : new Issued(documents.statement(written.closed().json()), written.closed(), true);
    }

    /** What is decided about, as it stands at one moment. */
    private record Found(BilledTenant tenant, PeriodHistory history, Surroundings around, Instant now) {}

    private Uni<Found> asItStands(Tx tx, Month month) {
        return tenants.find(tx, month.tenantId()).chain(tenant -> found(tx, tenant, month));
    }

    private Uni<Found> found(Tx tx, @Nullable BilledTenant tenant, Month month) {
        if (tenant == null) {
            throw Problem.notFound("tenant").exception();
        }
        // Under the tenant's lock, so that times follow each other as steps do.
        var now = BusinessTime.now();
        return rows.history(tx, tenant.id(), month.period()).chain(history -> rows.first(tx, tenant)
                .map(first -> new Found(
                        tenant, history, Surroundings.of(month.period(), first, tenant.closedThrough(), now), now)));
    }

    private Uni<Statement> read(Tx tx, Month month, String state) {
        return statements.read(tx, month.tenantId(), month.period(), state);
    }

    private static Shown shown(PeriodHistory history, Surroundings around) {
        return new Shown(history, PeriodRules.word(history, around));
    }

    private Uni<Shown> act(Tx tx, Month month, Wish wish, Rule decision) {
        return tenants.lock(tx, month.tenantId())
                .chain(tenant -> found(tx, tenant, month))
                .chain(found -> decision.decide(found)
                        .chain(outcome -> conclude(tx, month, wish, found, outcome))
                        .map(history -> shown(history, found.around())));
    }

    private Uni<PeriodHistory> conclude(Tx tx, Month month, Wish wish, Found found, Decision outcome) {
        var history = found.history();
        if (outcome instanceof Refused refused) {
            var refusal = refused.refusal();
            throw Problem.of(409, refusal.slug(), refusal.title(), refused.detail())
                    .withError("period", refusal.title())
                    .exception();
        }
        if (!(outcome instanceof Done done)) {
            return Uni.createFrom().item(history);
        }
        return document(tx, month, done.action()).chain(document -> {
            var step = new Step(
                    history.nextNumber(),
                    done.action(),
                    wish.reason(),
                    wish.by(),
                    found.now(),
                    document.orElse(null),
                    history.turns());
            var after = history.after(step);
            tx.send(
                    Ids.next(found.now()),
                    Told.step(month.tenantId(), month.period(), history, step),
                    found.now(),
                    wish.actor());
            return rows.append(tx, month.tenantId(), month.period(), step)
                    .chain(() -> closeThrough(tx, month, done.action()))
                    .replaceWith(after);
        });
    }

    /** The statement as it is from now on; empty if nothing is closed. */
    private Uni<Optional<Document>> document(Tx tx, Month month, Action action) {
        return action == Action.CLOSED
                ? read(tx, month, State.CLOSED.word())
                        .chain(it -> Offload.call(() -> Optional.of(documents.document(it))))
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Void> closeThrough(Tx tx, Month month, Action action) {
        return switch (action) {
            case CLOSED -> tenants.closeThrough(tx, month.tenantId(), month.period());
            case REOPENED ->
                tenants.closeThrough(tx, month.tenantId(), month.period().previous());
            case SOFT_CLOSED, REOPENING_PROPOSED, REOPENING_REJECTED ->
                Uni.createFrom().voidItem();
        };
    }
}
