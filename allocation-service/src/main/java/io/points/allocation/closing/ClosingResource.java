package io.points.allocation.closing;

import io.points.allocation.proposal.Proposal;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Idempotency;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Closing a tenant, by two platform admins. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/tenants")
@RolesAllowed(Role.PLATFORM_ADMIN)
class ClosingResource {

    private final Transactions transactions;
    private final ClosingService service;
    private final ClosingViews views;
    private final IdempotentRequests requests;
    private final Idempotency idempotency;
    private final Caller caller;

    ClosingResource(
            Transactions transactions,
            ClosingService service,
            ClosingViews views,
            IdempotentRequests requests,
            Idempotency idempotency,
            Caller caller) {
        this.transactions = transactions;
        this.service = service;
        this.views = views;
        this.requests = requests;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    /** Why a closing is to be called off. */
    @Schema(name = "CallOffRequest")
    record CallOff(@PlainText String reason) {}

    @POST
    @Path("/{tenant_id}/close/check")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.INVALID_CLOSING, ProblemType.TENANT_CLOSING, ProblemType.TENANT_CLOSED
    })
    @Operation(
            operationId = "checkTenantClosing",
            summary = "What closing a tenant would do; it moves nothing",
            description = "Refused as the closing would be.")
    public Uni<ClosingCheck> check(
            @PathParam("tenant_id") String tenantId, @NotNull(message = "is required") @Valid CloseTenant body) {
        var id = Params.uuid("tenant_id", tenantId);
        var terms = body.terms();
        return transactions.snapshot(tx -> service.check(tx, id, terms));
    }

    @POST
    @Path("/{tenant_id}/close")
    @APIResponse(
            responseCode = "202",
            description = "Proposed: another platform admin has to approve it, as any proposal",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ClosingView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.INVALID_CLOSING,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED,
        ProblemType.CLOSING_PROPOSED_ALREADY
    })
    @Operation(
            operationId = "proposeTenantClosing",
            summary = "Propose to close a tenant for ever",
            description =
                    "Once it is approved nothing is allocated or given any more, and budgets go back to the pool. Earned points can be used until their day.")
    public Uni<Response> close(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @NotNull(message = "is required") @Valid CloseTenant body) {
        var id = Params.uuid("tenant_id", tenantId);
        var terms = body.terms();
        var by = caller.actor();
        return requests.ofPlatformDeciding(request, body, tx -> service.propose(tx, id, terms, body.reason(), by)
                        .map(closing -> idempotency.answer(202, closing)))
                .map(Idempotency::response);
    }

    @POST
    @Path("/{tenant_id}/close/call-off")
    @APIResponse(
            responseCode = "202",
            description = "Proposed: another platform admin has to approve it, as any proposal",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_CLOSING,
        ProblemType.CLOSING_TOO_FAR,
        ProblemType.CLOSING_PROPOSED_ALREADY
    })
    @Operation(
            operationId = "proposeToCallTenantClosingOff",
            summary = "Propose to call a tenant's closing off: it is active again then",
            description = "What has gone back to the pool stays there. It is too late once earned points' day is over.")
    public Uni<Response> callOff(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @NotNull(message = "is required") @Valid CallOff body) {
        var id = Params.uuid("tenant_id", tenantId);
        var by = caller.actor();
        return requests.ofPlatformDeciding(request, body, tx -> service.proposeToCallOff(tx, id, body.reason(), by)
                        .map(proposal -> idempotency.answer(202, proposal)))
                .map(Idempotency::response);
    }

    @POST
    @Path("/{tenant_id}/erase-people")
    @APIResponse(
            responseCode = "200",
            description = "Asked for, also for each retry; people_erased_at says when it is done",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ClosingView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.ERASURE_TOO_EARLY})
    @Operation(
            operationId = "erasePeopleOfClosedTenant",
            summary = "Delete what is known of the people of a tenant that was closed 30 days ago or earlier",
            description =
                    "Names, addresses and what they have written. Ledgers, logs and events have ids alone, and stay.")
    public Uni<Response> erasePeople(@BeanParam Repeatable request, @PathParam("tenant_id") String tenantId) {
        var id = Params.uuid("tenant_id", tenantId);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> service.erasePeople(tx, id, by));
    }

    @GET
    @Path("/{tenant_id}/closing")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getTenantClosing", summary = "The tenant's newest closing, and how far it is")
    public Uni<ClosingView> read(@PathParam("tenant_id") String tenantId) {
        var id = Params.uuid("tenant_id", tenantId);
        return transactions.snapshot(tx -> views.newest(tx, id));
    }
}
