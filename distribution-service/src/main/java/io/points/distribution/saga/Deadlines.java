package io.points.distribution.saga;

import io.points.contract.RefusalReason;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Finds overdue distributions by their rows, not in memory, and lets the saga retry or cancel:
 * a restart loses none. Quarantined returns are included, and retried less often; what waits for people's approval goes back when its time is over.
 */
@ApplicationScoped
class Deadlines {

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final int SLICE = 500;
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final Distributions distributions;
    private final Holds holds;
    private final Schedule schedule;
    private final Round round;

    Deadlines(Transactions transactions, Distributions distributions, Holds holds, Schedule schedule, Rounds rounds) {
        this.holds = holds;
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.distributions = distributions;
        round = rounds.round("deadlines");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::sweep);
    }

    private Uni<Void> sweep() {
        return round.run(() -> slice(this::askAgain)
                        .chain(more -> more ? Uni.createFrom().item(true) : slice(this::askForSetAside))
                        .chain(more -> more ? Uni.createFrom().item(true) : slice(this::letGo)))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Overdue distributions could not be scanned; the next round retries: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there may be more */
    private Uni<Boolean> slice(Function<Tx, Uni<Integer>> work) {
        return transactions.write(work).ifNoItem().after(LONGEST_SLICE).fail().map(found -> found == SLICE);
    }

    private Uni<Integer> askAgain(Tx tx) {
        var now = BusinessTime.now();
        return distributions.lockOverdue(tx, now, SLICE).chain(overdue -> {
            if (!overdue.isEmpty()) {
                LOG.warnf(
                        "%s distributions got no reply in time and retry; the oldest is %s in state %s",
                        overdue.size(), overdue.get(0).id(), overdue.get(0).state());
            }
            return ask(tx, overdue, now);
        });
    }

    private Uni<Integer> askForSetAside(Tx tx) {
        var now = BusinessTime.now();
        return distributions.lockSetAside(tx, now, SLICE).chain(setAside -> ask(tx, setAside, now));
    }

    /** Nobody's silence is a yes. */
    private Uni<Integer> letGo(Tx tx) {
        return distributions.lockUndecided(tx, BusinessTime.now(), SLICE).chain(held -> holds.giveBack(
                        tx, held, RefusalReason.APPROVAL_EXPIRED, null)
                .replaceWith(held.size()));
    }

    private Uni<Integer> ask(Tx tx, List<Distribution> unanswered, Instant now) {
        var returning = unanswered.stream()
                .filter(it -> it.state() == State.RETURNING || it.state() == State.SET_ASIDE)
                .toList();
        return distributions.lotsOfBudgets(tx, returning).chain(lots -> {
            var changes = new Changes(now, Map.of());
            lots.forEach(changes::dated);
            for (var distribution : unanswered) {
                changes.step(distribution.bySystem(), Saga.onTimeout(distribution), 0);
            }
            return distributions.write(tx, changes).replaceWith(unanswered.size());
        });
    }
}
