package io.points.allocation.tenant;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's own tenant, for all its people. */
@Cancellable(false)
@TimeLimit
@Path("/api/tenant")
@RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
class OwnTenantResource {

    private final TenantViews views;
    private final Caller caller;

    OwnTenantResource(TenantViews views, Caller caller) {
        this.views = views;
        this.caller = caller;
    }

    @GET
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getOwnTenant", summary = "The caller's tenant: its name, status and currency")
    public Uni<OwnTenant> read() {
        return views.find(caller.tenantId()).map(OwnTenant::of);
    }
}
