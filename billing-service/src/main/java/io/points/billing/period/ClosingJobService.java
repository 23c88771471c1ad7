package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.ClosingJobs.Turn;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.period.Periods.Month;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;

/** Begins closing jobs, and closes one tenant's month after the other for them, as if each had been asked for by itself. */
@ApplicationScoped
class ClosingJobService {

    private final ClosingJobs jobs;
    private final Periods periods;
    private final PeriodService service;

    ClosingJobService(ClosingJobs jobs, Periods periods, PeriodService service) {
        this.jobs = jobs;
        this.periods = periods;
        this.service = service;
    }

    /** Fails with a 409 problem if the month is not over, or another job is closing it. */
    Uni<ClosingJob> begin(Tx tx, Period period, Wish wish, boolean softClose) {
        var now = BusinessTime.now();
        requireOver(period, now);
        return jobs.running(tx, period).chain(running -> {
            if (running != null) {
                throw Problem.of(
                                409,
                                "closing-running",
                                "A job is closing the month",
                                "Ask for closing %s how far it is, and repeat this when it has ended."
                                        .formatted(running))
                        .withError("period", "is being closed by another job")
                        .exception();
            }
            var job = new ClosingJob(Ids.next(now), period, wish, softClose, now);
            return jobs.insert(tx, job).replaceWith(job);
        });
    }

    /** What would become of a month of which somebody wants that it is closed. */
    ClosingResult check(Standing standing, Wish wish, boolean softClose) {
        return ClosingResult.of(standing, softClose, service.closer(wish));
    }

    /** Fails with a 409 problem if it is not over. */
    static void requireOver(Period period, Instant now) {
        if (now.isBefore(period.end())) {
            throw Periods.problem(new Refused(Refusal.PERIOD_NOT_OVER, PeriodRules.NOT_OVER));
        }
    }

    /** Closes the month of the tenant whose turn it is, or writes down why not. */
    Uni<Void> take(Tx tx, Turn turn) {
        return tx.attempt(ProblemException.class, () -> close(tx, turn))
                .onFailure(ProblemException.class)
                .recoverWithItem(refused -> refused(turn, refused.problem()))
                .chain(result -> jobs.decide(tx, turn.job().id(), result));
    }

    private Uni<ClosingResult> close(Tx tx, Turn turn) {
        var job = turn.job();
        var month = new Month(turn.tenantId(), job.period());
        return periods.lock(tx, month).chain(found -> {
            var state = found.history().state();
            if (state == State.CLOSED) {
                return Uni.createFrom().item(new ClosingResult(turn.tenantId(), Outcome.ALREADY_CLOSED, null));
            }
            Uni<?> first = state == State.OPEN && job.softClose()
                    ? service.softClose(tx, month, job.wish())
                    : Uni.createFrom().voidItem();
            return first.chain(() -> service.close(tx, month, job.wish()))
                    .replaceWith(new ClosingResult(turn.tenantId(), Outcome.CLOSED, null));
        });
    }

    private static ClosingResult refused(Turn turn, Problem problem) {
        var type = problem.type();
        var refusal = Refusal.of(type.substring(type.lastIndexOf(':') + 1));
        return new ClosingResult(
                turn.tenantId(),
                Outcome.REFUSED,
                new Refused(refusal, Objects.requireNonNullElse(problem.detail(), refusal.title())));
    }
}
