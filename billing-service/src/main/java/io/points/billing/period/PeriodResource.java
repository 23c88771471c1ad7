package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.period.Periods.Month;
import io.points.billing.period.Periods.Shown;
import io.points.platform.outbox.Tx;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
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

/** Closes months, and reopens them; auditors see what was done. What is already so is answered as if it had just been done. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/periods/{tenant_id}/{period}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class PeriodResource {

    private final Periods periods;
    private final PeriodService service;
    private final IdempotentRequests requests;
    private final Caller caller;

    PeriodResource(Periods periods, PeriodService service, IdempotentRequests requests, Caller caller) {
        this.periods = periods;
        this.service = service;
        this.requests = requests;
        this.caller = caller;
    }

    /** Why something is done. */
    record Reason(@PlainText String reason) {}

    @GET
    @RolesAllowed({Role.FINANCE, Role.AUDITOR})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getPeriod", summary = "A tenant's month: its state, and what was done with it")
    public Uni<PeriodView> read(@PathParam("tenant_id") String tenantId, @PathParam("period") String period) {
        var month = month(tenantId, period);
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
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::softClose);
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
        ProblemType.PERIOD_INCOMPLETE
    })
    @Operation(
            operationId = "closePeriod",
            summary =
                    "Close a soft-closed month for good, once all of its events are consumed, with the months without movements before it")
    public Uni<Response> close(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::close);
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
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::proposeReopening);
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
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::approveReopening);
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
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::rejectReopening);
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
            @NotNull(message = "is required") @Valid Reason body) {
        return act(request, tenantId, period, body, service::withdrawReopening);
    }

    private Uni<Response> act(Repeatable request, String tenantId, String period, Reason body, Action action) {
        var month = month(tenantId, period);
        var wish = new Wish(caller.id(), body.reason(), caller.actor());
        return requests.ofPlatform(
                request, body, tx -> action.take(tx, month, wish).map(shown -> PeriodView.of(month, shown)));
    }

    @FunctionalInterface
    private interface Action {
        Uni<Shown> take(Tx tx, Month month, Wish wish);
    }

    private static Month month(String tenantId, String period) {
        return new Month(Params.uuid("tenant_id", tenantId), PeriodParam.of(period));
    }
}
