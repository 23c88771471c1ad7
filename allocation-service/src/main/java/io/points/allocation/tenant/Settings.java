package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.TenantSettingsChanged;
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

/** Writes tenants' settings, which are immutable: a change is another row, and is published. */
@ApplicationScoped
class Settings {

    private static final String INSERT = """
            insert into tenant_settings_logs (tenant_id, revision, time_zone, event_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6)
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
     * Gives the tenant another time zone. The one that it has changes nothing.
     *
     * @return as they are afterwards; fails with a 404 problem if there is no such tenant, 412 if they are at another revision than
     *     {@code condition} allows
     */
    Uni<TenantSettings> change(UUID tenantId, String timeZone, IfMatch condition, Envelope.Actor actor) {
        return transactions.write(tx -> calendar.lock(tx, tenantId)
                .chain(() -> tx.query("select id from tenants where id = $1 for update", tenantId))
                .invoke(Settings::requireOne)
                .chain(() -> TenantSettings.of(tx, tenantId))
                .chain(present -> {
                    if (!condition.allows(present.revision())) {
                        throw IfMatch.changedSince(present.revision()).exception();
                    }
                    return present.timeZone().equals(timeZone)
                            ? Uni.createFrom().item(present)
                            : append(tx, present, timeZone, actor);
                }));
    }

    private Uni<TenantSettings> append(Tx tx, TenantSettings present, String timeZone, Envelope.Actor actor) {
        var next = new TenantSettings(
                present.tenantId(),
                present.revision() + 1,
                timeZone,
                present.revision() == 0 ? null : present.timeZone());
        // Taken under the lock, so that times follow revisions.
        var now = BusinessTime.now();
        var eventId = Ids.next(now);
        tx.send(
                eventId,
                new TenantSettingsChanged(next.tenantId(), next.revision(), next.timeZone(), next.previousTimeZone()),
                now,
                actor);
        return tx.query(
                        INSERT,
                        next.tenantId(),
                        next.revision(),
                        next.timeZone(),
                        eventId,
                        UUID.fromString(actor.id()),
                        now.atOffset(ZoneOffset.UTC))
                .chain(() -> calendar.goBy(tx, next.tenantId(), next.zone()))
                .replaceWith(next);
    }

    private static void requireOne(RowSet<Row> found) {
        if (found.rowCount() == 0) {
            throw Problem.notFound("tenant").exception();
        }
    }
}
