package io.points.audit;

import io.points.http.Problem;
import io.points.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Adds up a tenant's events. */
@ApplicationScoped
class ConservationSheet {

    /** One statement, so that all sums see the same records. */
    private static final String SUMS = """
            select exists (select from audit_log where tenant_id = $1) as known,
                   coalesce(sum(allocated), 0)::bigint            as allocated,
                   coalesce(sum(clawed_back), 0)::bigint          as clawed_back,
                   coalesce(sum(pool), 0)::bigint                 as pool,
                   coalesce(sum(greatest(transit, 0)), 0)::bigint as in_flight,
                   coalesce(sum(budget), 0)::bigint               as budget,
                   coalesce(sum(earned), 0)::bigint               as earned,
                   (max(newest))[2]                               as newest_balance
            from (select sum(greatest(platform, 0))  as allocated,
                         sum(greatest(-platform, 0)) as clawed_back,
                         sum(pool)                   as pool,
                         sum(transit)                as transit,
                         sum(budget)                 as budget,
                         sum(earned)                 as earned,
                         max(array[pool_version, balance_after]) filter (where pool_version is not null) as newest
                  from points_moved
                  where tenant_id = $1
                  group by subject) as of_subject
            """;

    private final Pool database;

    ConservationSheet(Pool database) {
        this.database = database;
    }

    /** @throws ProblemException 404 if no event has named the tenant */
    Uni<Conservation> of(UUID tenantId) {
        return database.preparedQuery(SUMS)
                .execute(Tuple.of(tenantId))
                .map(rows -> conservation(tenantId, rows.iterator().next()));
    }

    private static Conservation conservation(UUID tenantId, Row row) {
        if (!row.getBoolean("known")) {
            throw Problem.notFound("tenant").exception();
        }
        return Conservation.of(
                tenantId,
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                row.getLong("pool"),
                row.getLong("in_flight"),
                row.getLong("budget"),
                row.getLong("earned"),
                row.getLong("newest_balance"));
    }
}
