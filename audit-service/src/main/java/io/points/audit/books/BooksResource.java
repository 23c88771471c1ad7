package io.points.audit.books;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What the events add up to, and where balances are not that. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class BooksResource {

    private final ConservationSheet sheet;
    private final Alerts alerts;

    BooksResource(ConservationSheet sheet, Alerts alerts) {
        this.sheet = sheet;
        this.alerts = alerts;
    }

    @GET
    @Path("/conservation")
    @Operation(
            operationId = "listConservation",
            summary = "Where each tenant's points are, computed from its events, by tenant id")
    public Uni<Page<Conservation>> all(
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var page = PageRequest.of(limit, cursor);
        return sheet.list(page.afterId(), page.fetch())
                .map(found -> Page.of(found, page, it -> it.tenantId().toString(), it -> it));
    }

    @GET
    @Path("/conservation/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getConservation", summary = "Where a tenant's points are, computed from its events")
    public Uni<Conservation> conservation(
            @PathParam("tenant_id") String tenantId,
            @Parameter(
                            description = "The newest cut that was sealed by then; by now if absent",
                            schema = @Schema(implementation = Instant.class))
                    @QueryParam("at")
                    @Nullable
                    String at) {
        return sheet.of(Params.uuid("tenant_id", tenantId), Params.optionalTime("at", at));
    }

    @GET
    @Path("/alerts")
    @Operation(
            operationId = "listAuditAlerts",
            summary = "Balances that differed from the sum of their events, of one tenant or all, newest first")
    public Uni<Page<Alerts.Alert>> alerts(
            @Parameter(
                            description = "Alerts about one tenant, the nil UUID for the platform; all if absent",
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var page = PageRequest.of(limit, cursor);
        return alerts.newestFirst(
                        Params.optionalTenantOrPlatform("tenant_id", tenantId), page.afterNumber(), page.fetch())
                .map(found -> Page.of(found, page, it -> Long.toString(it.sequence()), it -> it));
    }
}
