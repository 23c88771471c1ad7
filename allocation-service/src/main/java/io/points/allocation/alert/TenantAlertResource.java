package io.points.allocation.alert;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.paging.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Alerts, for the managers of the tenant that they are about. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/alerts")
@RolesAllowed(Role.MANAGER)
class TenantAlertResource {

    private final AlertList list;
    private final Caller caller;

    TenantAlertResource(AlertList list, Caller caller) {
        this.list = list;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listOwnBusinessAlerts", summary = "Alerts about the caller's tenant, newest first")
    public Uni<Page<Alert>> list(
            @Parameter(description = "Alerts of one kind", schema = @Schema(implementation = AlertKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Parameter(description = "Alerts in one state", schema = @Schema(implementation = AlertState.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return list.page(caller.tenantId(), new AlertList.Question(kind, state, limit, cursor));
    }
}
