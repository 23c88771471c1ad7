package io.points.allocation.expiry;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Gives a tenant more time for what is in its pool. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/tenants")
@RolesAllowed(Role.PLATFORM_ADMIN)
class DateResource {

    private final DateService service;
    private final IdempotentRequests requests;
    private final Caller caller;

    DateResource(DateService service, IdempotentRequests requests, Caller caller) {
        this.service = service;
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * What shall be moved: all of the pool's points that have that day.
     *
     * @param fromDate the last day on which they can be used now
     * @param toDate the last day on which they can be used then; at most ten years off
     */
    @Schema(name = "PoolDateExtension")
    record Extend(
            @Schema(format = "date", pattern = Params.DAY)
            @NotNull(message = "is required")
            @Pattern(regexp = Params.DAY, message = Params.NOT_A_DAY)
            String fromDate,

            @Schema(format = "date", pattern = Params.DAY)
            @NotNull(message = "is required")
            @Pattern(regexp = Params.DAY, message = Params.NOT_A_DAY)
            String toDate) {}

    @POST
    @Path("/{tenant_id}/dates/extend")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DateView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.EARLIER_DATE})
    @Operation(
            operationId = "extendPoolDates",
            summary = "Let all points of a pool that can be used until a day be used until a later one",
            description = "Days are moved later, never earlier. What has left the pool keeps the day that it had.")
    public Uni<Response> extend(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @NotNull(message = "is required") @Valid Extend body) {
        var tenant = Params.uuid("tenant_id", tenantId);
        var from = Params.day("from_date", body.fromDate());
        var to = Params.day("to_date", body.toDate());
        var by = caller.actor();
        return requests.ofPlatform(request, body, tx -> service.extend(tx, tenant, from, to, by));
    }
}
