package io.points.allocation.schedule;

import io.points.allocation.alert.ScheduleAlerts;
import io.points.allocation.allocation.ScheduledAllocations;
import io.points.allocation.allocation.ScheduledAllocations.Possible;
import io.points.allocation.allocation.ScheduledAllocations.Proposable;
import io.points.allocation.allocation.ScheduledAllocations.Refill;
import io.points.allocation.allocation.ScheduledAllocations.Refused;
import io.points.allocation.pool.Pool;
import io.points.allocation.schedule.ScheduleRules.Due;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.ScheduleRan;
import io.points.contract.RunOutcome;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs periods. The row of a run, under the key of schedule, period and attempt, comes first, and whatever it brings about is in
 * the same transaction: whoever finds the row there does nothing. Ids follow from the period, so that what was done once has the
 * same one if it is done again on a database that was restored.
 */
@ApplicationScoped
class ScheduleRuns {

    private static final String INSERT = """
            insert into schedule_runs (schedule_id, period, attempt, number, outcome, reason, allocation_id, amount, due_at,
                                       event_id, created_by, created_at, proposal_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing
            """;

    private static final String NEWEST_ATTEMPT =
            "select * from schedule_runs where schedule_id = $1 and period = $2 order by attempt desc limit 1";

    private final ScheduledAllocations allocations;
    private final ScheduleAlerts alerts;
    private final ScheduleMetrics metrics;

    ScheduleRuns(ScheduledAllocations allocations, ScheduleAlerts alerts, ScheduleMetrics metrics) {
        this.allocations = allocations;
        this.alerts = alerts;
        this.metrics = metrics;
    }

    /**
     * A period that is to be run by whoever holds the schedule's lock, and then the pool's.
     *
     * @param attempt from 1
     * @param missed true if it is only put on record
     */
    record Turn(AllocationSchedule schedule, Due due, int attempt, boolean missed, Pool pool, Instant now) {

        String label() {
            return due.period().label();
        }

        UUID id() {
            return Ids.at(due.at(), schedule.id(), label());
        }
    }

    /** A run that is on record now, and the pool after it. */
    record Ran(ScheduleRun run, Pool pool) {}

    /** What a run will come to, if nobody was there before. */
    private record Outcome(
            RunOutcome word,
            @Nullable String reason,
            @Nullable Possible allocation,
            @Nullable Proposable proposal) {

        static Outcome of(RunOutcome word) {
            return new Outcome(word, null, null, null);
        }

        static Outcome refused(String reason) {
            return new Outcome(RunOutcome.REFUSED, reason, null, null);
        }

        static Outcome of(ScheduledAllocations.Decision decision) {
            if (decision instanceof Refused refused) {
                return refused(refused.reason());
            }
            return decision instanceof Proposable proposal
                    ? new Outcome(RunOutcome.PROPOSED, null, null, proposal)
                    : new Outcome(RunOutcome.DONE, null, (Possible) decision, null);
        }

        private @Nullable Long amount() {
            if (proposal != null) {
                return proposal.amount();
            }
            return allocation == null ? null : allocation.amount();
        }
    }

    /** The newest attempt at a period; empty if there was none. */
    Uni<Optional<ScheduleRun>> newest(Tx tx, UUID scheduleId, String period) {
        return tx.query(NEWEST_ATTEMPT, scheduleId, period)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(ScheduleRun.of(rows.iterator().next())));
    }

    /** @return empty if the period had this attempt already, or needs none: then nothing was done */
    Uni<Optional<Ran>> run(Tx tx, Turn turn, Envelope.Actor by) {
        return decide(tx, turn).chain(outcome -> {
            var run = record(turn, outcome, by);
            return insert(tx, run).chain(first -> {
                if (!first) {
                    return Uni.createFrom().item(Optional.<Ran>empty());
                }
                tell(tx, turn, run, by);
                tx.afterCommit(() -> metrics.count(run.outcome()));
                var allocation = outcome.allocation();
                if (outcome.proposal() != null) {
                    return alert(tx, turn, run)
                            .chain(() -> allocations.propose(tx, turn.pool(), outcome.proposal(), turn.now(), by))
                            .replaceWith(Optional.of(new Ran(run, turn.pool())));
                }
                return alert(tx, turn, run)
                        .chain(() -> allocation == null
                                ? Uni.createFrom().item(Optional.of(new Ran(run, turn.pool())))
                                : allocations
                                        .write(tx, allocation, by)
                                        .replaceWith(Optional.of(new Ran(run, allocation.after()))));
            });
        });
    }

    private Uni<Outcome> decide(Tx tx, Turn turn) {
        if (turn.missed()) {
            return Uni.createFrom().item(Outcome.of(RunOutcome.MISSED));
        }
        var refusal = turn.pool().status().refusal();
        if (refusal != null) {
            return Uni.createFrom().item(Outcome.refused(refusal.name()));
        }
        var schedule = turn.schedule();
        var terms = schedule.terms();
        long points =
                ScheduleRules.points(terms.mode(), terms.amount(), turn.pool().balance());
        if (points == 0) {
            return Uni.createFrom().item(Outcome.of(RunOutcome.NOTHING_TO_DO));
        }
        var refill = new Refill(
                turn.id(),
                schedule.tenantId(),
                points,
                terms.currency(),
                terms.noteOf(turn.due().period()),
                schedule.id(),
                turn.label(),
                schedule.createdBy(),
                terms.expires() == null
                        ? null
                        : today -> terms.expires().lastDay(turn.due().period(), today));
        return allocations.decide(tx, turn.pool(), refill, turn.now()).map(Outcome::of);
    }

    private Uni<Void> alert(Tx tx, Turn turn, ScheduleRun run) {
        var schedule = turn.schedule();
        return switch (run.outcome()) {
            case REFUSED ->
                alerts.refused(
                        tx, schedule.tenantId(), schedule.id(), schedule.terms().amount(), run.attempt(), turn.now());
            case DONE, NOTHING_TO_DO, PROPOSED -> alerts.over(tx, schedule.tenantId(), schedule.id(), turn.now());
            case MISSED -> Uni.createFrom().voidItem();
        };
    }

    private static ScheduleRun record(Turn turn, Outcome outcome, Envelope.Actor by) {
        return new ScheduleRun(
                turn.schedule().id(),
                (int) turn.schedule().runs() + 1,
                turn.label(),
                turn.attempt(),
                outcome.word(),
                outcome.reason(),
                outcome.allocation() == null ? null : turn.id(),
                outcome.proposal() == null ? null : outcome.proposal().proposalId(),
                outcome.amount(),
                turn.due().at(),
                Ids.derive(turn.id(), "ScheduleRan/" + turn.attempt()),
                by.id() == null ? null : UUID.fromString(by.id()),
                turn.now());
    }

    private static Uni<Boolean> insert(Tx tx, ScheduleRun run) {
        return tx.query(
                        INSERT,
                        run.scheduleId(),
                        run.period(),
                        run.attempt(),
                        (long) run.number(),
                        run.outcome().word(),
                        run.reason(),
                        run.allocationId(),
                        run.amount(),
                        run.dueAt().atOffset(ZoneOffset.UTC),
                        run.eventId(),
                        run.createdBy(),
                        run.createdAt().atOffset(ZoneOffset.UTC),
                        run.proposalId())
                .map(rows -> rows.rowCount() == 1);
    }

    private static void tell(Tx tx, Turn turn, ScheduleRun run, Envelope.Actor by) {
        tx.send(
                run.eventId(),
                new ScheduleRan(
                        run.scheduleId(),
                        turn.schedule().tenantId(),
                        MakeSchedule.Work.WORD,
                        run.period(),
                        run.attempt(),
                        run.outcome(),
                        run.reason(),
                        run.proposalId() == null ? run.allocationId() : run.proposalId()),
                turn.now(),
                by);
    }
}
