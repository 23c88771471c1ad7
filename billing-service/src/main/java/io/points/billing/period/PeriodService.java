package io.points.billing.period;

import io.points.billing.BilledTenants;
import io.points.billing.invoice.InvoicingService;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.PeriodRules.Decision;
import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.Periods.Found;
import io.points.billing.period.Periods.Month;
import io.points.billing.period.Periods.Shown;
import io.points.billing.statement.Closing;
import io.points.billing.statement.Document;
import io.points.billing.statement.Documents;
import io.points.billing.statement.StatementReader;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.background.Loop;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Closes and reopens months. What is done is decided, written and published under the tenant's lock. */
@ApplicationScoped
class PeriodService {

    private final Periods periods;
    private final BilledTenants tenants;
    private final PeriodRows rows;
    private final StatementReader statements;
    private final InvoicingService invoicing;
    private final Documents documents;
    private final EmptyMonths emptyMonths;
    private final ClosingConfig config;

    PeriodService(
            Periods periods,
            BilledTenants tenants,
            PeriodRows rows,
            StatementReader statements,
            InvoicingService invoicing,
            Documents documents,
            EmptyMonths emptyMonths,
            ClosingConfig config) {
        this.periods = periods;
        this.tenants = tenants;
        this.rows = rows;
        this.statements = statements;
        this.invoicing = invoicing;
        this.documents = documents;
        this.emptyMonths = emptyMonths;
        this.config = config;
    }

    /** Who wants something done, and why. */
    record Wish(UUID by, String reason, Envelope.Actor actor) {}

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

    Uni<Shown> undoSoftClose(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, Rule.of((history, around) -> PeriodRules.undoSoftClose(history)));
    }

    Uni<Shown> close(Tx tx, Month month, Wish wish) {
        return act(tx, month, wish, found -> rows.heard(tx, found.tenant(), month.period())
                .chain(heard -> earlier(tx, month, found)
                        .map(earlier ->
                                ClosingRules.close(found.history(), found.around(), heard, earlier, closer(wish)))));
    }

    /** As {@link ClosingRules#close} takes it. */
    @Nullable
    UUID closer(Wish wish) {
        return config.secondPerson() ? wish.by() : null;
    }

    private Uni<EarlierMonths> earlier(Tx tx, Month month, Found found) {
        var open = found.earlier();
        return rows.firstBusy(tx, month.tenantId(), open.subList(0, Math.min(EarlierMonths.MOST, open.size())))
                .map(busy -> new EarlierMonths(open, busy));
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

    Uni<Shown> withdrawReopening(Tx tx, Month month, Wish wish) {
        return act(
                tx,
                month,
                wish,
                Rule.of((history, around) -> PeriodRules.withdrawReopening(history, around, wish.by())));
    }

    /** Writes down that the month's proposal has lapsed, and publishes it; gives false if there is nothing to write down. */
    Uni<Boolean> lapse(Tx tx, Month month) {
        return periods.lock(tx, month).chain(found -> lapse(tx, month, found).replaceWith(found.lapse() != null));
    }

    private Uni<Void> lapse(Tx tx, Month month, Found found) {
        var lapse = found.lapse();
        return lapse == null
                ? Uni.createFrom().voidItem()
                : take(tx, month, found.history(), lapse, Envelope.Actor.SYSTEM);
    }

    private Uni<Shown> act(Tx tx, Month month, Wish wish, Rule decision) {
        return periods.lock(tx, month).call(found -> lapse(tx, month, found)).chain(found -> decision.decide(found)
                .chain(outcome -> conclude(tx, month, wish, found, outcome))
                .map(history -> Periods.shown(history, found.around())));
    }

    private Uni<PeriodHistory> conclude(Tx tx, Month month, Wish wish, Found found, Decision outcome) {
        if (outcome instanceof Refused refused) {
            throw Periods.problem(refused);
        }
        return outcome instanceof Done done
                ? closeEarlier(tx, month, wish, found, done.action())
                        .chain(history -> take(tx, month, wish, found, history, done.action()))
                : Uni.createFrom().item(found.history());
    }

    /** Closes the months before one that is closed; gives where that one stands then. */
    private Uni<PeriodHistory> closeEarlier(Tx tx, Month month, Wish wish, Found found, Action action) {
        if (action != Action.CLOSED) {
            return Uni.createFrom().item(found.history());
        }
        return emptyMonths
                .close(tx, month.tenantId(), found.earlier(), wish, found.now())
                .chain(closed -> {
                    var left = closed.iterator();
                    return Loop.run(() -> {
                                if (!left.hasNext()) {
                                    return Uni.createFrom().item(false);
                                }
                                var next = left.next();
                                var earlier = new Month(month.tenantId(), next.period());
                                return take(tx, earlier, next.before(), next.step(), wish.actor())
                                        .replaceWith(true);
                            })
                            .replaceWith(found.history().later(closed.size()));
                });
    }

    private Uni<PeriodHistory> take(Tx tx, Month month, Wish wish, Found found, PeriodHistory history, Action action) {
        return document(tx, month, wish, found, action).chain(document -> {
            var step = new Step(
                    history.nextNumber(),
                    action,
                    wish.reason(),
                    wish.by(),
                    found.now(),
                    document.orElse(null),
                    history.turns());
            return take(tx, month, history, step, wish.actor()).replaceWith(history.after(step));
        });
    }

    /** @param before where the month stands before the step */
    private Uni<Void> take(Tx tx, Month month, PeriodHistory before, Step step, Envelope.Actor actor) {
        tx.send(Ids.next(step.at()), Told.step(month.tenantId(), month.period(), before, step), step.at(), actor);
        return rows.append(tx, month.tenantId(), month.period(), step)
                .chain(() -> closeThrough(tx, month, step.action()));
    }

    /** The statement as it is from now on; empty if nothing is closed. */
    private Uni<Optional<Document>> document(Tx tx, Month month, Wish wish, Found found, Action action) {
        if (action != Action.CLOSED) {
            return Uni.createFrom().item(Optional.empty());
        }
        var how = Closing.after(found.history().revisions(), found.now(), wish.by());
        return statements
                .read(tx, month.tenantId(), month.period(), State.CLOSED.word())
                .chain(it -> invoicing
                        .issue(tx, month.tenantId(), month.period(), how.revision(), it.entries(), found.now())
                        .chain(issued -> Offload.call(() -> Optional.of(documents.document(it.closed(how, issued))))));
    }

    private Uni<Void> closeThrough(Tx tx, Month month, Action action) {
        return switch (action) {
            case CLOSED -> tenants.closeThrough(tx, month.tenantId(), month.period());
            case REOPENED ->
                tenants.closeThrough(tx, month.tenantId(), month.period().previous());
            case SOFT_CLOSED,
                    SOFT_CLOSE_UNDONE,
                    REOPENING_PROPOSED,
                    REOPENING_REJECTED,
                    REOPENING_WITHDRAWN,
                    REOPENING_LAPSED -> Uni.createFrom().voidItem();
        };
    }
}
