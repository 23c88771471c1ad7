package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** Looks at what comes of the runs of schedules, in the transaction of the run, which holds the schedule's lock. */
@ApplicationScoped
public class ScheduleAlerts {

    private final Alerts alerts;

    ScheduleAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    /**
     * Raised once for a schedule, until it is {@link #over}.
     *
     * @param points that were to be allocated, or filled up to
     * @param attempt at the period, from 1
     */
    public Uni<Void> refused(Tx tx, UUID tenantId, UUID scheduleId, long points, int attempt, Instant now) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("amount", points);
        figures.put("attempt", (long) attempt);
        var finding = new Finding(tenantId, AlertKind.REFILL_REFUSED, scheduleId.toString(), figures);
        return alerts.raise(tx, List.of(finding), now, Envelope.Actor.SYSTEM);
    }

    /** A later run was not refused, or the schedule has ended. */
    public Uni<Void> over(Tx tx, UUID tenantId, UUID scheduleId, Instant now) {
        return alerts.end(tx, AlertKind.REFILL_REFUSED, tenantId, scheduleId.toString(), now);
    }
}
