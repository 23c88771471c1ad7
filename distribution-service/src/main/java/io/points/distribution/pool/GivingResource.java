package io.points.distribution.pool;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Whether there is something to give, for everybody who recognises somebody; the pool's figure stays with the managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/giving")
class GivingResource {

    /** A refill is large; a correction that follows it is not what the pool is compared with. */
    private static final String OF_POOL = """
            select p.balance, p.status <> 'active' as stopped,
                   (select coalesce(max(amount), 0) from (
                        select amount from (
                            select id, kind, amount from feed
                            where tenant_id = $1 and audience = 'managers' order by id desc limit 20) newest
                        where kind = 'allocation' order by id desc limit 3) refills) as full_balance
            from pool_balances p where p.tenant_id = $1
            """;

    private static final String OF_BUDGET = """
            select w.balance, coalesce((select p.status <> 'active' from pool_balances p where p.tenant_id = $1), false)
                       as stopped,
                   (select coalesce(max(balance_after), 0) from (
                        select balance_after from wallet_ledger
                        where tenant_id = $1 and user_id = $2 and kind = 'budget' order by entry_number desc limit 200) newest)
                       as full_balance
            from wallets w where w.tenant_id = $1 and w.user_id = $2 and w.kind = 'budget'
            """;

    private final Pool database;
    private final Caller caller;

    GivingResource(Pool database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /**
     * @param available points that the caller can give; null for whoever gives nothing
     */
    @Schema(name = "Giving")
    record View(
            @Schema(implementation = GivingSource.class) String source,
            @Schema(implementation = PoolLevel.class) String level,
            @Nullable Long available) {}

    /** What can be given. */
    private record Holding(long balance, PoolLevel level) {
        private static final Holding NOTHING = new Holding(0, PoolLevel.NONE);
    }

    @GET
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(
            operationId = "getGiving",
            summary = "Where the points come from that the caller gives, and how much there is of them",
            description =
                    "The level compares the pool with the largest of its last three allocations, and a budget with the most that it"
                            + " held lately: good from a quarter on, low, nearly_empty below a tenth, none if nothing can be given.")
    public Uni<View> read() {
        var tenant = caller.tenantId();
        if (caller.hasRole(Role.MANAGER)) {
            return find(OF_POOL, Tuple.of(tenant)).map(pool -> view(GivingSource.POOL, pool, pool.balance()));
        }
        if (caller.hasRole(Role.LEAD)) {
            return find(OF_BUDGET, Tuple.of(tenant, caller.id()))
                    .map(budget -> view(GivingSource.BUDGET, budget, budget.balance()));
        }
        return find(OF_POOL, Tuple.of(tenant)).map(pool -> view(GivingSource.REQUEST, pool, null));
    }

    private Uni<Holding> find(String sql, Tuple values) {
        return database.preparedQuery(sql).execute(values).map(rows -> {
            if (rows.rowCount() == 0) {
                return Holding.NOTHING;
            }
            var row = rows.iterator().next();
            long balance = row.getLong("balance");
            return new Holding(
                    balance,
                    row.getBoolean("stopped") ? PoolLevel.NONE : PoolLevel.of(balance, row.getLong("full_balance")));
        });
    }

    private static View view(GivingSource source, Holding holding, @Nullable Long available) {
        return new View(source.word(), holding.level().word(), available);
    }
}
