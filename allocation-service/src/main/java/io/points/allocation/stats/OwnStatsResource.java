package io.points.allocation.stats;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The own tenant's figures, for its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/stats")
@RolesAllowed(Role.MANAGER)
class OwnStatsResource {

    private final StatsViews views;
    private final Caller caller;

    OwnStatsResource(StatsViews views, Caller caller) {
        this.views = views;
        this.caller = caller;
    }

    @GET
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getOwnStats", summary = "The caller's tenant's figures")
    public Uni<TenantStats> read() {
        return views.find(caller.tenantId());
    }

    @GET
    @Path("/days")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "listOwnDays",
            summary =
                    "What each UTC day did to the pool of the caller's tenant, newest first, also days without any movement")
    public Uni<Page<PoolDay>> days(@BeanParam DaysQuery query) {
        return views.days(caller.tenantId(), query.understood());
    }
}
