package io.points.allocation.schedule;

import io.points.allocation.alert.ScheduleAlerts;
import io.points.allocation.allocation.ScheduledAllocations;
import io.points.allocation.pool.Pools;
import io.points.allocation.schedule.ScheduleRules.Due;
import io.points.allocation.schedule.ScheduleRules.Fault;
import io.points.allocation.schedule.ScheduleRuns.Ran;
import io.points.allocation.schedule.ScheduleRuns.Turn;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.ScheduleState;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with schedules, each in one transaction. */
@ApplicationScoped
class ScheduleService {

    private final Schedules schedules;
    private final ScheduleRuns runs;
    private final ScheduledAllocations allocations;
    private final Pools pools;
    private final ScheduleAlerts alerts;

    ScheduleService(
            Schedules schedules,
            ScheduleRuns runs,
            ScheduledAllocations allocations,
            Pools pools,
            ScheduleAlerts alerts) {
        this.schedules = schedules;
        this.runs = runs;
        this.allocations = allocations;
        this.pools = pools;
        this.alerts = alerts;
    }

    /** @return fails with a 404 problem if there is no such tenant, 400 or 422 if it cannot be so */
    Uni<ScheduleView> make(Tx tx, MakeSchedule request, Envelope.Actor by) {
        // The tenant's lock keeps its time zone.
        return pools.lock(tx, List.of(request.tenantId()))
                .invoke(locked -> {
                    if (locked.isEmpty()) {
                        throw ScheduleProblems.unknownTenant().exception();
                    }
                })
                .chain(() -> TenantSettings.of(tx, request.tenantId()))
                .chain(settings -> {
                    var now = BusinessTime.now();
                    var zone = settings.zone();
                    var terms = understood(request.how(), null, LocalDate.ofInstant(now, zone));
                    var first = orNone(ScheduleRules.firstAfter(terms.rhythm(now), zone, now));
                    var made = new AllocationSchedule(
                            Ids.next(now),
                            request.tenantId(),
                            1,
                            terms,
                            ScheduleState.ACTIVE,
                            first.period(),
                            first.at(),
                            0,
                            UUID.fromString(by.id()),
                            now);
                    return allocations
                            .requireCurrency(tx, made.tenantId(), terms.currency(), first.at())
                            .chain(() -> schedules.insert(tx, made, now, by))
                            .replaceWith(ScheduleView.of(made));
                });
    }

    /**
     * Changes what it does, and when. Whatever has run has run; what it says already changes nothing.
     *
     * @return fails with a 404 problem if there is none, 412 if it is at another revision than {@code condition} allows, 409 if it has
     *     ended, 400 or 422 if it cannot be so
     */
    Uni<ScheduleView> change(Tx tx, UUID id, ScheduleUpdate request, IfMatch condition, Envelope.Actor by) {
        return schedules.lock(tx, id).chain(present -> {
            if (!condition.allows(present.revision())) {
                throw IfMatch.changedSince(present.revision()).exception();
            }
            requireNotEnded(present);
            return TenantSettings.of(tx, present.tenantId())
                    .chain(settings -> change(tx, present, request, settings.zone(), by));
        });
    }

    private Uni<ScheduleView> change(
            Tx tx, AllocationSchedule present, ScheduleUpdate request, ZoneId zone, Envelope.Actor by) {
        var now = BusinessTime.now();
        var terms = understood(request, present.terms().startsOn(), LocalDate.ofInstant(now, zone));
        if (terms.equals(present.terms())) {
            return Uni.createFrom().item(ScheduleView.of(present));
        }
        var rhythm = terms.rhythm(present.createdAt());
        // The period that has not run stays the next one, whatever its day is now; of other periods, it is the next to
        // come.
        var next = orNone(
                terms.every() == present.terms().every()
                        ? ScheduleRules.from(rhythm, zone, present.nextPeriod())
                        : ScheduleRules.firstAfter(rhythm, zone, now));
        var changed = present.changed(terms, present.state(), Optional.of(next));
        return allocations
                .requireCurrency(tx, changed.tenantId(), terms.currency(), later(next.at(), now))
                .chain(() -> schedules.change(tx, changed, now, by))
                .replaceWith(ScheduleView.of(changed));
    }

    /** Fails with a 400 or a 422 problem if it cannot be so. */
    private static ScheduleTerms understood(
            ScheduleUpdate request, @Nullable LocalDate startsOnBefore, LocalDate today) {
        var starts = request.starts(startsOnBefore == null ? today : startsOnBefore);
        var faults = ScheduleRules.faults(
                request.every(),
                request.day(),
                request.at(),
                starts.equals(startsOnBefore) ? null : starts,
                starts,
                request.ends(),
                today);
        if (request.expires() != null && !request.expires().saysOneThing()) {
            faults.add(new Fault("expires", "must have end_of_period or never, and that true, or after"));
        }
        if (!faults.isEmpty()) {
            throw ScheduleProblems.invalid(faults).exception();
        }
        return request.terms(starts);
    }

    private static Due orNone(Optional<Due> next) {
        return next.orElseThrow(
                () -> ScheduleProblems.invalid(List.of(new Fault("ends_on", "leaves no period that is still to come")))
                        .exception());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** What falls due while it is paused is not made up. */
    Uni<ScheduleView> pause(Tx tx, UUID id, Envelope.Actor by) {
        return move(tx, id, ScheduleState.PAUSED, by);
    }

    /** From the first period on that falls due after this. */
    Uni<ScheduleView> resume(Tx tx, UUID id, Envelope.Actor by) {
        return move(tx, id, ScheduleState.ACTIVE, by);
    }

    /** For ever. */
    Uni<ScheduleView> end(Tx tx, UUID id, Envelope.Actor by) {
        return move(tx, id, ScheduleState.ENDED, by);
    }

    private Uni<ScheduleView> move(Tx tx, UUID id, ScheduleState to, Envelope.Actor by) {
        return schedules.lock(tx, id).chain(present -> {
            if (present.state() == to) {
                return Uni.createFrom().item(ScheduleView.of(present));
            }
            requireNotEnded(present);
            return TenantSettings.of(tx, present.tenantId()).chain(settings -> {
                var now = BusinessTime.now();
                var next = to == ScheduleState.ACTIVE
                        ? ScheduleRules.firstAfter(present.rhythm(), settings.zone(), now, present.nextPeriod())
                        : Optional.<Due>empty();
                // Nothing is left to be run: it is resumed, and over.
                var reached = to == ScheduleState.ACTIVE && next.isEmpty() ? ScheduleState.ENDED : to;
                var changed = present.changed(present.terms(), reached, next);
                return schedules
                        .change(tx, changed, now, by)
                        .chain(() -> reached == ScheduleState.ENDED
                                ? alerts.over(tx, changed.tenantId(), id, now)
                                : Uni.createFrom().voidItem())
                        .replaceWith(ScheduleView.of(changed));
            });
        });
    }

    private static void requireNotEnded(AllocationSchedule schedule) {
        if (schedule.state() == ScheduleState.ENDED) {
            throw ScheduleProblems.ended().exception();
        }
    }

    /**
     * Tries a period again that was refused or missed, as the schedule is now.
     *
     * @return what has become of it; fails with a 404 problem if it has not run, 409 if it is done
     */
    Uni<ScheduleRun> retry(Tx tx, UUID id, Period period, Envelope.Actor by) {
        return schedules.lock(tx, id).chain(schedule -> runs.newest(tx, id, period.label())
                .map(found -> found.orElseThrow(() -> Problem.notFound("run").exception()))
                .chain(before -> retry(tx, schedule, period, before, by)));
    }

    private Uni<ScheduleRun> retry(
            Tx tx, AllocationSchedule schedule, Period period, ScheduleRun before, Envelope.Actor by) {
        if (before.settlesIt()) {
            throw ScheduleProblems.done(before).exception();
        }
        var tenant = schedule.tenantId();
        return pools.lock(tx, List.of(tenant))
                .chain(locked -> runs.run(
                        tx,
                        new Turn(
                                schedule,
                                // All attempts have the same, for what they bring about has one id.
                                new Due(period, before.dueAt()),
                                before.attempt() + 1,
                                false,
                                locked.get(tenant),
                                BusinessTime.now()),
                        by))
                .map(ran -> ran.map(Ran::run)
                        .orElseThrow(() -> ScheduleProblems.done(before).exception()))
                .call(() -> schedules.save(tx, schedule.recorded(1)));
    }
}
