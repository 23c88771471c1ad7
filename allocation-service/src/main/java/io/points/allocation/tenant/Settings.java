package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.ledger.dates.ExpiryTerms;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes tenants' settings, which are immutable: a change is another row, and is published. */
@ApplicationScoped
class Settings {

    private static final String INSERT = """
            insert into tenant_settings_logs (tenant_id, revision, time_zone, event_id, created_by, created_at, pool_after,
                   pool_round, pool_every, pool_min_days, approve_allocations_above)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    private final Transactions transactions;
    private final TenantCalendar calendar;

    Settings(Transactions transactions, TenantCalendar calendar) {
        this.transactions = transactions;
        this.calendar = calendar;
    }

    /** @return fails with a 404 problem if there is no such tenant */
    Uni<TenantSettings> read(UUID tenantId) {
        return transactions.snapshot(tx -> tx.query("select id from tenants where id = $1", tenantId)
                .invoke(Settings::requireOne)
                .chain(() -> TenantSettings.of(tx, tenantId)));
    }

    /**
     * Gives the tenant another time zone, other rules by which allocated points lapse, or another threshold above which two admins allocate. What is no change writes and tells nothing.
     *
     * @param poolExpires null: never
     * @param approveAbove points; null: one admin allocates any
     * @return as they are afterwards; fails with a 404 problem if there is no such tenant, 412 if they are at another revision than
     *     {@code condition} allows
     */
    Uni<TenantSettings> change(
            UUID tenantId,
            String timeZone,
            @Nullable ExpiryTerms poolExpires,
            @Nullable Long approveAbove,
            IfMatch condition,
            Envelope.Actor actor) {
        return transactions.write(tx -> calendar.lock(tx, tenantId)
                .chain(() -> tx.query("select id from tenants where id = $1 for update", tenantId))
                .invoke(Settings::requireOne)
                .chain(() -> TenantSettings.of(tx, tenantId))
                .chain(present -> {
                    if (!condition.allows(present.revision())) {
                        throw IfMatch.changedSince(present.revision()).exception();
                    }
                    var next = present.changed(timeZone, poolExpires, approveAbove);
                    return next.equals(present) ? Uni.createFrom().item(present) : append(tx, present, next, actor);
                }));
    }

    private Uni<TenantSettings> append(Tx tx, TenantSettings present, TenantSettings next, Envelope.Actor actor) {
        // Taken under the lock, so that times follow revisions.
        var now = BusinessTime.now();
        var eventId = Ids.next(now);
        var expires = next.poolExpires();
        var round = expires == null || expires.round() == null
                ? null
                : expires.round().word();
        var minDays = expires == null ? null : expires.minDays();
        tx.send(
                eventId,
                new TenantSettingsChanged(
                        next.tenantId(),
                        next.revision(),
                        next.timeZone(),
                        next.previousTimeZone(),
                        expires == null ? null : expires.after(),
                        round,
                        expires == null ? null : expires.every(),
                        minDays,
                        next.approveAllocationsAbove()),
                now,
                actor);
        return tx.query(
                        INSERT,
                        next.tenantId(),
                        next.revision(),
                        next.timeZone(),
                        eventId,
                        UUID.fromString(actor.id()),
                        now.atOffset(ZoneOffset.UTC),
                        expires == null ? null : expires.after(),
                        round,
                        expires == null ? null : expires.every(),
                        minDays == null ? null : Math.toIntExact(minDays),
                        next.approveAllocationsAbove())
                .chain(() -> next.timeZone().equals(present.timeZone())
                        ? Uni.createFrom().voidItem()
                        : calendar.goBy(tx, next.tenantId(), next.zone()))
                .replaceWith(next);
    }

    private static void requireOne(RowSet<Row> found) {
        if (found.rowCount() == 0) {
            throw Problem.notFound("tenant").exception();
        }
    }
}
