package io.points.allocation.stats;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Each tenant's figures, for the platform admin's dashboard. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/allocations/stats")
@RolesAllowed(Role.PLATFORM_ADMIN)
class StatsResource {

    private final StatsViews views;

    StatsResource(StatsViews views) {
        this.views = views;
    }

    @GET
    @Path("/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getTenantStats", summary = "A tenant's figures")
    public Uni<TenantStats> read(@PathParam("tenant_id") String tenantId) {
        return views.find(Params.uuid("tenant_id", tenantId));
    }

    @GET
    @Path("/{tenant_id}/days")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "listTenantDays",
            summary = "What each UTC day did to a tenant's pool, newest first, also days without any movement")
    public Uni<Page<PoolDay>> days(@PathParam("tenant_id") String tenantId, @BeanParam DaysQuery query) {
        return views.days(Params.uuid("tenant_id", tenantId), query.understood());
    }
}
