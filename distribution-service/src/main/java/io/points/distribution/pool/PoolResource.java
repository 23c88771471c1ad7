package io.points.distribution.pool;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The tenant's pool, by the events consumed so far. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/pool")
class PoolResource {

    private final Pool database;
    private final Caller caller;

    PoolResource(Pool database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /**
     * @param balance points
     * @param version number of the newest pool entry consumed; 0 if none
     * @param status whether points can be given: {@code active}, {@code suspended}, {@code closing} or {@code closed}
     * @param asOf when that entry was made; null if none
     */
    @Schema(name = "Pool")
    record View(
            UUID tenantId,
            long balance,
            long version,

            @Schema(enumeration = {"active", "suspended", "closing", "closed"})
            String status,

            @Nullable Instant asOf) {}

    @GET
    @RolesAllowed(Role.MANAGER)
    @Operation(operationId = "getPool", summary = "The tenant's pool, with its version and time")
    public Uni<View> read() {
        var tenant = caller.tenantId();
        return database.preparedQuery("select balance, version, status, as_of from pool_balances where tenant_id = $1")
                .execute(Tuple.of(tenant))
                .map(rows -> rows.rowCount() == 0
                        ? new View(tenant, 0, 0, "active", null)
                        : view(tenant, rows.iterator().next()));
    }

    private static View view(UUID tenant, Row row) {
        var asOf = row.getOffsetDateTime("as_of");
        return new View(
                tenant,
                row.getLong("balance"),
                row.getLong("version"),
                row.getString("status"),
                asOf == null ? null : asOf.toInstant());
    }
}
