package io.points.allocation.alert;

import io.points.contract.AlertEvent;
import io.points.contract.AlertEvent.BusinessAlertChanged;
import io.points.contract.AlertEvent.BusinessAlertRaised;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The repository of alerts. Every change is published. */
@ApplicationScoped
class Alerts {

    /** Whoever comes second with a cause that is not over raises nothing. In an order, so that two never wait for each other in a circle. */
    private static final String RAISE = """
            insert into business_alerts (id, tenant_id, kind, cause, figures, state, raised_at, ends_at)
            select id, tenant_id, kind, cause, figures::json, 'open', $6, ends_at
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $7::timestamptz[])
                 as n (id, tenant_id, kind, cause, figures, ends_at)
            order by tenant_id, kind, cause
            on conflict do nothing returning id
            """;

    private static final String END = """
            update business_alerts set state = 'over', over_at = $2, snoozed_until = null
            where id = any($1) and over_at is null returning *
            """;

    private static final String ENDED = """
            update business_alerts set state = 'over', over_at = $1, snoozed_until = null
            where id in (select id from business_alerts where over_at is null and ends_at <= $1 order by ends_at limit $2)
            returning *
            """;

    private static final String END_OF_CAUSE = """
            update business_alerts set state = 'over', over_at = $4, snoozed_until = null
            where kind = $1 and tenant_id = $2 and cause = $3 and over_at is null returning *
            """;

    private static final String WAKE = """
            update business_alerts set state = 'open', snoozed_until = null
            where id in (select id from business_alerts where state = 'snoozed' and snoozed_until <= $1
                         order by snoozed_until limit $2)
            returning *
            """;

    private static final String LOCK = "select * from business_alerts where id = $1 for update";

    private static final String ACKNOWLEDGE = """
            update business_alerts set state = 'acknowledged', snoozed_until = null, acknowledged_by = $2, acknowledged_at = $3
            where id = $1 returning *
            """;

    private static final String SNOOZE =
            "update business_alerts set state = 'snoozed', snoozed_until = $2 where id = $1 returning *";

    private static final int MOST_AT_ONCE = 500;

    /**
     * An alert to raise.
     *
     * @param tenantId null if it is about the platform itself
     * @param figures the numbers that say so, in the order in which they are shown
     * @param endsAt when the cause is over by itself; null: whoever looks for it finds out
     */
    record Finding(
            @Nullable UUID tenantId,
            AlertKind kind,
            String cause,
            Map<String, Long> figures,
            @Nullable Instant endsAt) {

        Finding(@Nullable UUID tenantId, AlertKind kind, String cause, Map<String, Long> figures) {
            this(tenantId, kind, cause, figures, null);
        }
    }

    /** Raises alerts for those findings whose cause has none. */
    Uni<Void> raise(Tx tx, List<Finding> findings, Instant now, Envelope.Actor by) {
        if (findings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var byId = new HashMap<UUID, Finding>();
        findings.forEach(finding -> byId.put(Ids.next(now), finding));
        var ids = byId.keySet().toArray(UUID[]::new);
        int n = ids.length;
        var tenants = new UUID[n];
        var kinds = new String[n];
        var causes = new String[n];
        var figures = new String[n];
        var ends = new OffsetDateTime[n];
        for (int i = 0; i < n; i++) {
            var finding = byId.get(ids[i]);
            tenants[i] = finding.tenantId();
            kinds[i] = finding.kind().word();
            causes[i] = finding.cause();
            figures[i] = new JsonObject(new LinkedHashMap<>(finding.figures())).encode();
            ends[i] = finding.endsAt() == null ? null : finding.endsAt().atOffset(ZoneOffset.UTC);
        }
        return tx.query(RAISE, ids, tenants, kinds, causes, figures, now.atOffset(ZoneOffset.UTC), ends)
                .invoke(rows -> rows.forEach(row -> {
                    var id = row.getUUID("id");
                    tx.send(Ids.next(now), raised(id, byId.get(id)), now, by);
                }))
                .replaceWithVoid();
    }

    private static BusinessAlertRaised raised(UUID id, Finding finding) {
        return new BusinessAlertRaised(
                id,
                finding.tenantId() == null ? AlertEvent.PLATFORM : finding.tenantId(),
                finding.kind().word(),
                RefusedCalls.Caller.told(finding.cause()),
                finding.figures());
    }

    /** Ends those of the alerts that are not over: their causes are. */
    Uni<Void> end(Tx tx, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(END, ids.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC))
                        .invoke(rows -> rows.forEach(row -> tell(tx, row, now, Envelope.Actor.SYSTEM)))
                        .replaceWithVoid();
    }

    /** Ends the one of that cause, if there is any that is not over. */
    Uni<Void> end(Tx tx, AlertKind kind, UUID tenantId, String cause, Instant now) {
        return tx.query(END_OF_CAUSE, kind.word(), tenantId, cause, now.atOffset(ZoneOffset.UTC))
                .invoke(rows -> rows.forEach(row -> tell(tx, row, now, Envelope.Actor.SYSTEM)))
                .replaceWithVoid();
    }

    /** Ends those whose causes are over by themselves; of very many some, and the next look the others. */
    Uni<Void> endEnded(Tx tx, Instant now) {
        return tx.query(ENDED, now.atOffset(ZoneOffset.UTC), MOST_AT_ONCE)
                .invoke(rows -> rows.forEach(row -> tell(tx, row, now, Envelope.Actor.SYSTEM)))
                .replaceWithVoid();
    }

    /** Opens those again that were snoozed until now; of very many some, and the next look the others. */
    Uni<Void> wake(Tx tx, Instant now) {
        return tx.query(WAKE, now.atOffset(ZoneOffset.UTC), MOST_AT_ONCE)
                .invoke(rows -> rows.forEach(row -> tell(tx, row, now, Envelope.Actor.SYSTEM)))
                .replaceWithVoid();
    }

    /**
     * Acknowledges it: its cause raises no further alert. Acknowledging it again changes nothing.
     *
     * @return as it stands afterwards; fails with a 404 problem if there is none, 409 if its cause is over
     */
    Uni<Alert> acknowledge(Tx tx, UUID id, Envelope.Actor by) {
        return change(tx, id, (row, now) -> {
            var state = AlertState.of(row.getString("state"));
            if (!state.canBeAcknowledged()) {
                throw settled(state);
            }
            return state == AlertState.ACKNOWLEDGED
                    ? Uni.createFrom().item(row)
                    : tx.query(ACKNOWLEDGE, id, UUID.fromString(by.id()), now.atOffset(ZoneOffset.UTC))
                            .map(Alerts::first)
                            .invoke(changed -> tell(tx, changed, now, by));
        });
    }

    /**
     * Snoozes it until then.
     *
     * @param until microseconds are the smallest part that is kept
     * @return as it stands afterwards; fails with a 404 problem if there is none, 409 if it is acknowledged or over, 400 if
     *     the time does not lie ahead
     */
    Uni<Alert> snooze(Tx tx, UUID id, Instant until, Envelope.Actor by) {
        return change(tx, id, (row, now) -> {
            if (!until.isAfter(now)) {
                throw Problem.badRequest("until", "must be in the future").exception();
            }
            var state = AlertState.of(row.getString("state"));
            if (!state.canBeSnoozed()) {
                throw settled(state);
            }
            return tx.query(SNOOZE, id, until.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                    .map(Alerts::first)
                    .invoke(changed -> tell(tx, changed, now, by));
        });
    }

    @FunctionalInterface
    private interface Change {
        Uni<Row> of(Row row, Instant now);
    }

    private static Uni<Alert> change(Tx tx, UUID id, Change change) {
        return tx.query(LOCK, id)
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("alert").exception();
                    }
                    return change.of(first(rows), BusinessTime.now());
                })
                .map(Alert::of);
    }

    private static RuntimeException settled(AlertState state) {
        return Problem.of(409, "alert-settled", "The alert is settled", "The alert is " + state.word() + ".")
                .with("state", state.word())
                .exception();
    }

    private static void tell(Tx tx, Row row, Instant now, Envelope.Actor by) {
        var alert = Alert.of(row);
        tx.send(
                Ids.next(now),
                new BusinessAlertChanged(
                        alert.alertId(),
                        alert.tenantId() == null ? AlertEvent.PLATFORM : alert.tenantId(),
                        alert.kind(),
                        alert.state(),
                        alert.snoozedUntil()),
                now,
                by);
    }

    private static Row first(RowSet<Row> rows) {
        return rows.iterator().next();
    }
}
