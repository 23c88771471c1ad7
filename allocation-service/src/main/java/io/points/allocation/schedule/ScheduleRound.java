package io.points.allocation.schedule;

import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.schedule.ScheduleRules.Due;
import io.points.allocation.schedule.ScheduleRuns.Ran;
import io.points.allocation.schedule.ScheduleRuns.Turn;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.ScheduleState;
import io.points.platform.background.Loop;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs what has fallen due: some schedules in each transaction, of each the oldest period, until nothing is due. Locks only keep
 * instances from doing the same work; that a period is run once is the key of its row.
 */
@ApplicationScoped
public class ScheduleRound {

    private static final Logger LOG = Logger.getLogger(ScheduleRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    /** In one transaction, which holds as many pools' locks. */
    private static final int SCHEDULES = 20;

    private final Transactions transactions;
    private final Schedules schedules;
    private final ScheduleRuns runs;
    private final Pools pools;
    private final Schedule turns;
    private final Round round;

    ScheduleRound(
            Transactions transactions,
            Schedules schedules,
            ScheduleRuns runs,
            Pools pools,
            Schedule turns,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.schedules = schedules;
        this.runs = runs;
        this.pools = pools;
        this.turns = turns;
        round = rounds.round("schedules");
    }

    void start(@Observes StartupEvent event) {
        turns.everyConfigured("points.schedules.look-every", () -> look(BusinessTime.now()));
    }

    /** Runs whatever has fallen due by then. */
    public Uni<Void> look(Instant now) {
        return round.run(() -> inTime(tx -> slice(tx, schedules.lockDue(tx, now, SCHEDULES), now)))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Schedules could not be run; the next round goes on: %s", failure);
                    return eachByItself(now);
                });
    }

    private <T> Uni<T> inTime(Function<Tx, Uni<T>> slice) {
        return transactions.write(slice).ifNoItem().after(LONGEST_SLICE).fail();
    }

    /** After a failure: whatever is wrong with one schedule, the others are run. The round has not succeeded all the same. */
    private Uni<Void> eachByItself(Instant now) {
        var reached = new AtomicReference<@Nullable AllocationSchedule>();
        return Loop.run(() -> {
            var before = reached.get();
            return inTime(tx -> slice(
                            tx,
                            schedules.lockNextDue(tx, now, before).invoke(found -> found.forEach(reached::set)),
                            now))
                    .onFailure()
                    .recoverWithItem(failure -> {
                        var at = reached.get();
                        if (at == before) {
                            return false;
                        }
                        LOG.errorf(failure, "The schedule %s could not be run", at.id());
                        return true;
                    });
        });
    }

    /** @return whether there was something to do */
    private Uni<Boolean> slice(Tx tx, Uni<List<AllocationSchedule>> locking, Instant now) {
        return locking.chain(due -> {
            if (due.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            var tenants =
                    new TreeSet<>(due.stream().map(AllocationSchedule::tenantId).toList());
            return pools.lock(tx, tenants)
                    .chain(locked ->
                            TenantSettings.of(tx, tenants).chain(settings -> runAll(tx, due, locked, settings, now)))
                    .replaceWith(true);
        });
    }

    private Uni<Void> runAll(
            Tx tx,
            List<AllocationSchedule> due,
            Map<UUID, Pool> locked,
            Map<UUID, TenantSettings> settings,
            Instant now) {
        // Taken under the locks, so that times follow entry numbers.
        var later = BusinessTime.now();
        var moment = later.isAfter(now) ? later : now;
        var left = due.iterator();
        return Loop.run(() -> {
            var schedule = left.next();
            var zone = settings.get(schedule.tenantId()).zone();
            return step(tx, schedule, zone, locked.get(schedule.tenantId()), moment)
                    .invoke(ran -> ran.ifPresent(it -> locked.put(schedule.tenantId(), it.pool())))
                    .map(ran -> left.hasNext());
        });
    }

    private Uni<Optional<Ran>> step(Tx tx, AllocationSchedule schedule, ZoneId zone, Pool pool, Instant now) {
        var rhythm = schedule.rhythm();
        var due = new Due(schedule.nextPeriod(), rhythm.dueIn(schedule.nextPeriod(), zone));
        if (due.at().isAfter(now)) {
            // Its tenant's time zone has changed.
            return schedules.save(tx, schedule.waiting(due)).replaceWith(Optional.empty());
        }
        var next = ScheduleRules.from(rhythm, zone, due.period().next());
        var missed = ScheduleRules.isMissed(schedule.terms().catchUp(), due, next, now);
        var turn = new Turn(schedule, due, 1, missed, pool, now);
        return runs.run(tx, turn, Envelope.Actor.SYSTEM)
                .call(ran -> goOn(tx, schedule.recorded(ran.isPresent() ? 1 : 0), next, now));
    }

    /** To the next period; after the last one, it has ended. */
    private Uni<Void> goOn(Tx tx, AllocationSchedule schedule, Optional<Due> next, Instant now) {
        return next.isPresent()
                ? schedules.save(tx, schedule.waiting(next.get()))
                : schedules.change(
                        tx, schedule.changed(schedule.terms(), ScheduleState.ENDED, next), now, Envelope.Actor.SYSTEM);
    }
}
