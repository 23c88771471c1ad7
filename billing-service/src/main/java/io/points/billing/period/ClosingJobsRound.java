package io.points.billing.period;

import io.points.billing.period.ClosingJobs.Turn;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works closing jobs off, a tenant by a transaction. Whoever is killed loses that one transaction, and another turn takes it up; several
 * instances share the tenants.
 */
@ApplicationScoped
class ClosingJobsRound {

    /** So often a tenant is tried; what fails more often does so for a reason that time does not mend. */
    static final int MOST_FAILURES = 5;

    private static final Logger LOG = Logger.getLogger(ClosingJobsRound.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final ClosingJobs jobs;
    private final ClosingJobService service;
    private final Schedule schedule;
    private final Round round;

    ClosingJobsRound(
            Transactions transactions, ClosingJobs jobs, ClosingJobService service, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.jobs = jobs;
        this.service = service;
        this.schedule = schedule;
        round = rounds.round("closing_jobs");
    }

    void start(@Observes StartupEvent event) {
        schedule.every(EVERY, this::turn);
    }

    private Uni<Void> turn() {
        return round.run(this::slice).onFailure().recoverWithUni(failure -> {
            LOG.warnf("A month could not be closed; the next round tries again: %s", failure);
            return Uni.createFrom().voidItem();
        });
    }

    /** One tenant, and no other after it once the service stops. */
    private Uni<Boolean> slice() {
        var taken = new AtomicReference<@Nullable Turn>();
        return transactions
                .write(tx -> jobs.next(tx)
                        .invoke(taken::set)
                        .chain(turn -> turn == null
                                ? Uni.createFrom().item(false)
                                : service.take(tx, turn).replaceWith(true)))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .onFailure()
                .call(() -> failed(taken.get()))
                // A job takes minutes where there are very many tenants; as long as it goes on, nothing is overdue.
                .invoke(round::succeeded)
                .map(more -> more && !schedule.isStopped());
    }

    private Uni<Void> failed(@Nullable Turn turn) {
        return turn == null
                ? Uni.createFrom().voidItem()
                : transactions
                        .write(tx -> jobs.fail(tx, turn, MOST_FAILURES))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail();
    }
}
