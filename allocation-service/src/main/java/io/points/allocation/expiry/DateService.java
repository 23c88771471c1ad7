package io.points.allocation.expiry;

import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PoolDatesExtended;
import io.points.ledger.dates.ExpiringPoints;
import io.points.ledger.dates.ExtensionRules;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Moves a day of a pool later: of all its points that have it. Nothing moves but the day, so it is told, and is no entry of the ledger. */
@ApplicationScoped
class DateService {

    private static final String LOG = """
            insert into date_log (id, tenant_id, from_date, to_date, points, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private final Pools pools;

    DateService(Pools pools) {
        this.pools = pools;
    }

    /**
     * @return what can be used longer; fails with 400 if {@code to} is too far off, with 404 if there is no such tenant, or its pool has
     *     no points of that day, and with 409 if they can already be used as long
     */
    Uni<DateView> extend(Tx tx, UUID tenant, LocalDate from, LocalDate to, Envelope.Actor by) {
        return pools.lock(tx, List.of(tenant)).chain(locked -> {
            var pool = locked.get(tenant);
            if (pool == null) {
                throw Problem.notFound("tenant").exception();
            }
            return TenantSettings.of(tx, tenant).chain(settings -> {
                // After the lock, so that times follow each other.
                var now = BusinessTime.now();
                ExtensionRules.require(from, to, settings.days().dayOf(now));
                return extend(tx, pool, from, to, now, by);
            });
        });
    }

    private Uni<DateView> extend(Tx tx, Pool pool, LocalDate from, LocalDate to, Instant now, Envelope.Actor by) {
        var extended = pool.lots().extend(from, to);
        if (extended.before().isEmpty()) {
            throw Problem.notFound("balance of points that can be used until " + from)
                    .exception();
        }
        var id = Ids.next(now);
        long points = extended.before().sum();
        tx.send(id, new PoolDatesExtended(pool.tenantId(), from, to, points), now, by);
        return Tx.together(
                        pools.redate(tx, pool.dated(extended.left())),
                        tx.query(
                                LOG,
                                id,
                                pool.tenantId(),
                                from,
                                to,
                                points,
                                UUID.fromString(by.id()),
                                now.atOffset(ZoneOffset.UTC)))
                .replaceWith(new DateView(pool.tenantId(), from, ExpiringPoints.of(extended.after())));
    }
}
