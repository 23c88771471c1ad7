package io.points.allocation.alert;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PoolThresholdChanged;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Below how many points pools are low, in their table. The pool's lock reads it along. */
@ApplicationScoped
class PoolThresholds {

    private static final String FIND = """
            select p.own, coalesce(p.usual, 0) as usual, coalesce(p.low_at, 0) as low_at
            from tenants t left join pool_thresholds p on p.tenant_id = t.id where t.id = $1
            """;

    private static final String SAY = """
            insert into pool_thresholds as p (tenant_id, own, revision) values ($1, $2, 1)
            on conflict (tenant_id) do update set own = excluded.own, revision = p.revision + 1
            where p.own is distinct from excluded.own
            returning own, usual, low_at, revision
            """;

    private static final String FOUND = """
            insert into pool_thresholds (tenant_id, usual) select * from unnest($1::uuid[], $2::bigint[])
            on conflict (tenant_id) do update set usual = excluded.usual
            """;

    /**
     * When a tenant's pool is low.
     *
     * @param points as a manager has said; null if nobody has
     * @param usual by what is distributed in a month
     * @param lowAt the larger of both
     */
    @Schema(name = "PoolThreshold")
    record Threshold(@Nullable Long points, long usual, long lowAt) {

        private static Threshold of(Row row) {
            return new Threshold(row.getLong("own"), row.getLong("usual"), row.getLong("low_at"));
        }
    }

    /**
     * What the scan has found of a tenant.
     *
     * @param usual points
     */
    record Usual(UUID tenantId, long usual) {}

    /** Fails with a 404 problem if there is no such tenant. */
    Uni<Threshold> find(Tx tx, UUID tenantId) {
        return tx.query(FIND, tenantId).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.notFound("tenant").exception();
            }
            return Threshold.of(rows.iterator().next());
        });
    }

    /**
     * Has the pool be low below so many points, if it is not below more anyway. The same again changes nothing, and is not published.
     *
     * @param points null to go by what is usual alone
     */
    Uni<Threshold> say(Tx tx, UUID tenantId, @Nullable Long points, Envelope.Actor by) {
        return find(tx, tenantId)
                .chain(before -> points == null && before.points() == null
                        ? Uni.createFrom().item(before)
                        : tx.query(SAY, tenantId, points).chain(rows -> {
                            if (rows.rowCount() == 0) {
                                return find(tx, tenantId);
                            }
                            var row = rows.iterator().next();
                            var now = BusinessTime.now();
                            tx.send(
                                    Ids.next(now),
                                    new PoolThresholdChanged(tenantId, row.getLong("revision"), points),
                                    now,
                                    by);
                            return Uni.createFrom().item(Threshold.of(row));
                        }));
    }

    /** Keeps what is usual now of those of whom it was something else. */
    Uni<Void> keep(Tx tx, Collection<Usual> found) {
        return found.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(FOUND, Columns.uuids(found, Usual::tenantId), Columns.longs(found, Usual::usual))
                        .replaceWithVoid();
    }
}
