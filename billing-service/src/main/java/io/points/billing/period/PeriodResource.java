package io.points.billing.period;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Closes months; auditors see what was done. What is already so is answered as if it had just been done. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/periods/{tenant_id}/{period}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class PeriodResource {

    private final Periods periods;
    private final PeriodService service;
    private final PeriodSteps steps;

    PeriodResource(Periods periods, PeriodService service, PeriodSteps steps) {
        this.periods = periods;
        this.service = service;
        this.steps = steps;
    }

    @GET
    @RolesAllowed({Role.FINANCE, Role.AUDITOR})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getPeriod", summary = "A tenant's month: its state, and what was done with it")
    public Uni<PeriodView> read(@PathParam("tenant_id") String tenantId, @PathParam("period") String period) {
        var month = PeriodSteps.month(tenantId, period);
        return periods.read(month).map(shown -> PeriodView.of(month, shown));
    }

    @POST
    @Path("/soft-close")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PeriodView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.PERIOD_CLOSED,
        ProblemType.LATER_PERIOD_CLOSED,
        ProblemType.TENANT_NOT_YET_KNOWN,
        ProblemType.PERIOD_NOT_OVER
    })
    @Operation(
            operationId = "softClosePeriod",
            summary = "Soft-close a month that is over; late events still count towards it")
    public Uni<Response> softClose(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::softClose);
    }

    @POST
    @Path("/soft-close/undo")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PeriodView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PERIOD_CLOSED, ProblemType.PERIOD_NOT_SOFT_CLOSED})
    @Operation(
            operationId = "undoSoftClose",
            summary = "Undo the soft-close of a month that is not closed: it is open again")
    public Uni<Response> undoSoftClose(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::undoSoftClose);
    }

    @POST
    @Path("/close")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PeriodView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.LATER_PERIOD_CLOSED,
        ProblemType.TENANT_NOT_YET_KNOWN,
        ProblemType.PERIOD_NOT_SOFT_CLOSED,
        ProblemType.PERIOD_NOT_OVER,
        ProblemType.EARLIER_PERIOD_OPEN,
        ProblemType.PERIOD_INCOMPLETE,
        ProblemType.SECOND_PERSON_REQUIRED
    })
    @Operation(
            operationId = "closePeriod",
            summary =
                    "Close a soft-closed month for good, once all of its events are consumed, with the months without movements before it")
    public Uni<Response> close(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::close);
    }
}
