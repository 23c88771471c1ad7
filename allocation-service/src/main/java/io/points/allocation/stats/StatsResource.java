package io.points.allocation.stats;

import io.points.platform.money.AlsoText;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A tenant's figures for the platform admin's dashboard, from running sums: no scan, however long the history. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/allocations/stats")
@RolesAllowed(Role.PLATFORM_ADMIN)
class StatsResource {

    private static final int RATE_DAYS = 30;

    private static final String READ = """
            select t.id, t.status, t.points_allocation_balance, t.pool_version, t.allocated, t.clawed_back, t.debited,
                   t.credited, t.returned,
                   coalesce(w.delegated, 0) as delegated, coalesce(w.awarded_from_pool, 0) as awarded_from_pool,
                   coalesce(w.awarded_from_budget, 0) as awarded_from_budget,
                   coalesce(w.budget_returned, 0) as budget_returned,
                   l.id as last_id, l.amount as last_amount, l.created_at as last_at,
                   (select greatest(0, coalesce(sum(d.debited - d.credited), 0))::bigint from pool_days d
                    where d.tenant_id = t.id and d.day > (now() at time zone 'UTC')::date - 30) as distributed_30d
            from tenants t
            left join wallet_totals w on w.tenant_id = t.id
            left join lateral (select id, amount, created_at from allocation_logs
                               where tenant_id = t.id and kind = 'allocation' order by id desc limit 1) l on true
            where t.id = $1
            """;

    private final Pool database;

    StatsResource(Pool database) {
        this.database = database;
    }

    /** The newest allocation. */
    record LastAllocation(UUID allocationId, long amount, Instant createdAt) {}

    /**
     * All figures are points. Those about wallets reflect the events consumed so far.
     *
     * @param delegated pool to budgets, completed
     * @param awarded to employees, from the pool and from budgets
     * @param returned budgets back to the pool
     * @param refunded debits cancelled or refunded
     * @param inFlight out of the pool or a budget, and not yet known to have arrived
     * @param distributed30d out of the pool less what was refunded, in the last 30 UTC days, today included; 0 where more was
     *     refunded, of debits before
     * @param distributionRate30d that per day, a decimal
     */
    @Schema(name = "TenantStats")
    record Stats(
            UUID tenantId,
            @Schema(enumeration = {"active", "suspended"}) String status,
            long balance,
            long poolVersion,
            @AlsoText long allocated,
            @AlsoText long clawedBack,
            @AlsoText long delegated,
            @AlsoText long awarded,
            @AlsoText long awardedFromPool,
            @AlsoText long awardedFromBudget,
            @AlsoText long returned,
            @AlsoText long refunded,
            @AlsoText long inFlight,
            @Nullable LastAllocation lastAllocation,

            @AlsoText @com.fasterxml.jackson.annotation.JsonProperty("distributed_30d")
            long distributed30d,

            @com.fasterxml.jackson.annotation.JsonProperty("distribution_rate_30d")
            String distributionRate30d) {}

    @GET
    @Path("/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getTenantStats", summary = "A tenant's figures")
    public Uni<Stats> read(@PathParam("tenant_id") String tenantId) {
        return database.preparedQuery(READ)
                .execute(Tuple.of(Params.uuid("tenant_id", tenantId)))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    return stats(rows.iterator().next());
                });
    }

    private static Stats stats(Row row) {
        long fromPool = row.getLong("awarded_from_pool");
        long fromBudget = row.getLong("awarded_from_budget");
        long delegated = row.getLong("delegated");
        long credited = row.getLong("credited");
        long returned = row.getLong("returned");
        long toWallets = row.getLong("debited") - credited - delegated - fromPool;
        long toPool = row.getLong("budget_returned") - returned;
        long distributed = row.getLong("distributed_30d");
        return new Stats(
                row.getUUID("id"),
                row.getString("status"),
                row.getLong("points_allocation_balance"),
                row.getLong("pool_version"),
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                delegated,
                fromPool + fromBudget,
                fromPool,
                fromBudget,
                returned,
                credited,
                toWallets + toPool,
                last(row),
                distributed,
                BigDecimal.valueOf(distributed)
                        .divide(BigDecimal.valueOf(RATE_DAYS), 2, RoundingMode.HALF_EVEN)
                        .toPlainString());
    }

    private static @Nullable LastAllocation last(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("last_at");
        return at == null
                ? null
                : new LastAllocation(row.getUUID("last_id"), row.getLong("last_amount"), at.toInstant());
    }
}
