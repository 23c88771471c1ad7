package io.points.billing.statement;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Whether everything was billed, and nothing else. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class ReconciliationResource {

    private final ReconciliationReader reader;
    private final Reconciliations reconciliations;

    ReconciliationResource(ReconciliationReader reader, Reconciliations reconciliations) {
        this.reader = reader;
        this.reconciliations = reconciliations;
    }

    @GET
    @Operation(
            operationId = "reconcileTenants",
            summary =
                    "Whether each tenant's billing entries agree with its pool's events, by tenant id; a page may be short")
    public Uni<Page<ReconciledTenant>> all(
            @Parameter(
                            description = "1 to " + Reconciliations.MOST + ", which is the default",
                            schema = @Schema(maximum = "" + Reconciliations.MOST))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        return reconciliations.page(PageRequest.ofShort(limit, cursor, Reconciliations.MOST));
    }

    @GET
    @Path("/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "reconcileTenant",
            summary = "A tenant's billing entries against its pool's events, by id; every difference is listed")
    public Uni<Reconciliation> reconcile(@PathParam("tenant_id") String tenantId) {
        return reader.read(Params.uuid("tenant_id", tenantId));
    }
}
