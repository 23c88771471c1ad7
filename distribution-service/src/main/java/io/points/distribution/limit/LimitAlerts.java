package io.points.distribution.limit;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.distribution.rule.Reached;
import io.points.distribution.rule.Subject;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells that much was given of what a rule allows, once of each rule, subject, window and percent, in the transaction that counts it. That holds what
 * was given of the subject locked; so nobody else tells the same.
 */
@ApplicationScoped
class LimitAlerts {

    /** What was told before is known by the highest percent. */
    private static final String TELL = """
            insert into limit_alert_log (tenant_id, rule, giver_id, receiver_id, department_id, in_window, percent, used, event_id,
                   created_at)
            select n.tenant_id, n.rule, n.giver_id, n.receiver_id, n.department_id, n.in_window, n.percent, n.used, n.event_id, $10
            from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::bigint[], $9::uuid[])
                 as n (tenant_id, rule, giver_id, receiver_id, department_id, in_window, percent, used, event_id)
            where not exists (select from limit_alert_log l
                              where l.tenant_id = n.tenant_id and l.rule = n.rule and l.giver_id = n.giver_id
                                and l.receiver_id = n.receiver_id and l.in_window = n.in_window
                                and l.department_id = n.department_id and l.percent >= n.percent)
            returning event_id
            """;

    private static final long MOST_TOLD = (1L << 53) - 1;

    /** @param day of the tenant's, in whose windows it was counted */
    record Alert(UUID id, UUID tenantId, Rulebook rulebook, LocalDate day, Reached reached) {

        String window() {
            return reached.rule().window().label(day);
        }

        private Instant resetsAt() {
            return reached.rule()
                    .window()
                    .resetsOn(day)
                    .atStartOfDay(rulebook.days().zone())
                    .toInstant();
        }

        private LimitReached told() {
            var rule = reached.rule();
            var subject = reached.subject();
            return new LimitReached(
                    tenantId,
                    rule.id(),
                    rule.of().word(),
                    named(subject.giver()),
                    subject.receiver().equals(subject.giver()) ? null : named(subject.receiver()),
                    named(subject.department()),
                    window(),
                    reached.percent() == Reached.BEYOND ? null : (long) reached.percent(),
                    reached.counts().word(),
                    reached.limit(),
                    Math.min(MOST_TOLD, reached.used()),
                    resetsAt());
        }

        private static @Nullable UUID named(UUID one) {
            return one.equals(Subject.ALL) ? null : one;
        }
    }

    /** Tells those of them that were not told before. Without any, nothing is done. */
    Uni<Void> tell(Tx tx, Judgements judgements) {
        var now = BusinessTime.now();
        var alerts = judgements.alerts(() -> Ids.next(now));
        return alerts.isEmpty() ? Uni.createFrom().voidItem() : tell(tx, alerts, now);
    }

    private static Uni<Void> tell(Tx tx, List<Alert> alerts, Instant now) {
        var byId = new HashMap<UUID, Alert>();
        alerts.forEach(alert -> byId.put(alert.id(), alert));
        return tx.query(
                        TELL,
                        Columns.uuids(alerts, Alert::tenantId),
                        Columns.texts(alerts, alert -> alert.reached().rule().id()),
                        Columns.uuids(alerts, alert -> alert.reached().subject().giver()),
                        Columns.uuids(alerts, alert -> alert.reached().subject().receiver()),
                        Columns.uuids(alerts, alert -> alert.reached().subject().department()),
                        Columns.texts(alerts, Alert::window),
                        Columns.longs(alerts, alert -> (long) alert.reached().percent()),
                        Columns.longs(alerts, alert -> alert.reached().used()),
                        Columns.uuids(alerts, Alert::id),
                        now.atOffset(ZoneOffset.UTC))
                .invoke(rows -> rows.forEach(row -> {
                    var id = row.getUUID("event_id");
                    tx.send(id, byId.get(id).told(), now, Envelope.Actor.SYSTEM);
                }))
                .replaceWithVoid();
    }
}
