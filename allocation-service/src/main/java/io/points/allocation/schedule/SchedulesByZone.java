package io.points.allocation.schedule;

import io.points.allocation.tenant.TenantCalendar;
import io.points.contract.Envelope;
import io.points.contract.ScheduleState;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** Schedules that wait for their moment go by another time zone as soon as their tenant has one, and end with the tenant. */
@ApplicationScoped
class SchedulesByZone implements TenantCalendar {

    private final Schedules schedules;

    SchedulesByZone(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public Uni<Void> lock(Tx tx, UUID tenantId) {
        return schedules.lockNotEnded(tx, tenantId).replaceWithVoid();
    }

    @Override
    public Uni<Void> end(Tx tx, UUID tenantId, Instant now, Envelope.Actor by) {
        return schedules.lockNotEnded(tx, tenantId).chain(found -> {
            var left = found.iterator();
            return Loop.run(() -> {
                if (!left.hasNext()) {
                    return Uni.createFrom().item(false);
                }
                var schedule = left.next();
                var ended = schedule.changed(schedule.terms(), ScheduleState.ENDED, Optional.empty());
                return schedules.change(tx, ended, now, by).replaceWith(true);
            });
        });
    }

    @Override
    public Uni<Void> goBy(Tx tx, UUID tenantId, ZoneId zone) {
        return schedules.lockActive(tx, tenantId).chain(found -> {
            var left = found.iterator();
            return Loop.run(() -> {
                if (!left.hasNext()) {
                    return Uni.createFrom().item(false);
                }
                var schedule = left.next();
                var period = schedule.nextPeriod();
                var due = new ScheduleRules.Due(period, schedule.rhythm().dueIn(period, zone));
                return schedules.save(tx, schedule.waiting(due)).replaceWith(true);
            });
        });
    }
}
