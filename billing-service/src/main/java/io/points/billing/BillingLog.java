package io.points.billing;

import io.points.messaging.contract.PoolEvent.PlatformMovement;
import io.points.messaging.inbox.Received;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes billing entries: one per event, however often the event is read, and announces each once it is written. */
@ApplicationScoped
class BillingLog {

    /** Without a target, so that a twin of this instance cannot make the insert fail on one key while it waits on another. */
    private static final String INSERT = """
            insert into platform_billing_logs (entry_id, event_id, tenant_id, kind, points, unit_price, currency,
                                               amount_minor, pool_version, reference_note, reason, created_by, occurred_at)
            select entry_id, event_id, tenant_id, kind, points, unit_price::numeric, currency,
                   amount_minor::numeric, pool_version, reference_note, reason, created_by, occurred_at
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
                        $9::bigint[], $10::text[], $11::text[], $12::text[], $13::timestamptz[])
              as movement (entry_id, event_id, tenant_id, kind, points, unit_price, currency, amount_minor,
                           pool_version, reference_note, reason, created_by, occurred_at)
            on conflict do nothing
            returning event_id, recorded_at
            """;

    private static final String COUNT_KNOWN =
            "select count(*) as known from platform_billing_logs where event_id = any($1::uuid[])";

    /** Prices and records a batch. Repeated events change nothing and announce nothing. */
    Uni<Void> record(Tx tx, List<Received<PlatformMovement>> batch) {
        var movements = new LinkedHashMap<UUID, PricedMovement>();
        for (var received : batch) {
            movements.putIfAbsent(received.envelope().id(), PricedMovement.of(received));
        }
        return insert(tx, movements.values()).chain(written -> {
            written.forEach((eventId, recordedAt) -> {
                var movement = movements.get(eventId);
                tx.send(
                        movement.entryId(),
                        movement.recorded(),
                        recordedAt,
                        movement.envelope().cause());
            });
            return written.size() == movements.size()
                    ? Uni.createFrom().voidItem()
                    : requireKnown(tx, movements.keySet());
        });
    }

    /** @return when each event that is new was recorded */
    private static Uni<Map<UUID, Instant>> insert(Tx tx, Collection<PricedMovement> movements) {
        return tx.query(
                        INSERT,
                        column(movements, PricedMovement::entryId).toArray(UUID[]::new),
                        column(movements, PricedMovement::eventId).toArray(UUID[]::new),
                        column(movements, it -> it.movement().tenantId()).toArray(UUID[]::new),
                        column(movements, PricedMovement::kind).toArray(String[]::new),
                        column(movements, PricedMovement::points).toArray(Long[]::new),
                        column(movements, it -> it.price().perPoint().toPlainString())
                                .toArray(String[]::new),
                        column(movements, it -> it.price().currency().getCurrencyCode())
                                .toArray(String[]::new),
                        column(movements, it -> it.amountMinor().toString()).toArray(String[]::new),
                        column(movements, it -> it.movement().poolVersion()).toArray(Long[]::new),
                        column(movements, PricedMovement::referenceNote).toArray(String[]::new),
                        column(movements, PricedMovement::reason).toArray(String[]::new),
                        column(movements, it -> it.envelope().actorId()).toArray(String[]::new),
                        column(movements, it -> it.envelope().time().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .map(BillingLog::recordedAt);
    }

    private static <T> Stream<T> column(Collection<PricedMovement> movements, Function<PricedMovement, T> value) {
        return movements.stream().map(value);
    }

    private static Map<UUID, Instant> recordedAt(RowSet<Row> rows) {
        var written = new HashMap<UUID, Instant>();
        rows.forEach(row -> written.put(
                row.getUUID("event_id"), row.getOffsetDateTime("recorded_at").toInstant()));
        return written;
    }

    /** What was not written must be a repeat: two events for one pool version would be a movement left unbilled. */
    private static Uni<Void> requireKnown(Tx tx, Collection<UUID> eventIds) {
        return tx.query(COUNT_KNOWN, (Object) eventIds.toArray(UUID[]::new))
                .invoke(rows -> {
                    if (rows.iterator().next().getLong("known") != eventIds.size()) {
                        throw new IllegalStateException("the pool version is billed already, for another event");
                    }
                })
                .replaceWithVoid();
    }
}
