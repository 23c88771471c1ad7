package io.points.billing.statement;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Whether everything was billed, and nothing else. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class ReconciliationResource {

    private final ReconciliationReader reader;

    ReconciliationResource(ReconciliationReader reader) {
        this.reader = reader;
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
