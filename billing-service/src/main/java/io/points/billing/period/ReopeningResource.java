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

/** Reopens closed months, which takes two people. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/periods/{tenant_id}/{period}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class ReopeningResource {

    private final PeriodService service;
    private final PeriodSteps steps;

    ReopeningResource(PeriodService service, PeriodSteps steps) {
        this.service = service;
        this.steps = steps;
    }

    @POST
    @Path("/reopen")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PeriodView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.PERIOD_NOT_CLOSED,
        ProblemType.LATER_PERIOD_CLOSED,
        ProblemType.REOPENING_PROPOSED_ALREADY
    })
    @Operation(
            operationId = "proposeReopening",
            summary = "Propose to reopen the newest closed month; another finance user must approve")
    public Uni<Response> reopen(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::proposeReopening);
    }

    @POST
    @Path("/reopen/approve")
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
        ProblemType.REOPENING_OUTDATED,
        ProblemType.REOPENING_LAPSED,
        ProblemType.REOPENING_NOT_PROPOSED,
        ProblemType.SECOND_PERSON_REQUIRED
    })
    @Operation(operationId = "approveReopening", summary = "Reopen a month, as another finance user proposed")
    public Uni<Response> approve(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::approveReopening);
    }

    @POST
    @Path("/reopen/reject")
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
        ProblemType.REOPENING_OUTDATED,
        ProblemType.REOPENING_LAPSED,
        ProblemType.REOPENING_NOT_PROPOSED
    })
    @Operation(
            operationId = "rejectReopening",
            summary = "Reject a proposal to reopen a month; its proposer may do so too")
    public Uni<Response> reject(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::rejectReopening);
    }

    @POST
    @Path("/reopen/withdraw")
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
        ProblemType.REOPENING_OUTDATED,
        ProblemType.REOPENING_LAPSED,
        ProblemType.REOPENING_NOT_PROPOSED,
        ProblemType.PROPOSER_REQUIRED
    })
    @Operation(operationId = "withdrawReopening", summary = "Withdraw one's own proposal to reopen a month")
    public Uni<Response> withdraw(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid PeriodReason body) {
        return steps.take(request, PeriodSteps.month(tenantId, period), body, service::withdrawReopening);
    }
}
