package io.points.allocation.proposal;

import io.points.contract.ProposalOutcome;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What one platform admin has proposed, for another one to decide about. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/proposals")
@RolesAllowed(Role.PLATFORM_ADMIN)
class ProposalResource {

    /** Behind all others, so that the first page needs no statement of its own. */
    private static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;
    private final Proposals proposals;
    private final ProposalService service;
    private final IdempotentRequests requests;
    private final Caller caller;

    ProposalResource(
            Transactions transactions,
            Proposals proposals,
            ProposalService service,
            IdempotentRequests requests,
            Caller caller) {
        this.transactions = transactions;
        this.proposals = proposals;
        this.service = service;
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * Why it is rejected.
     *
     * @param reason whoever has proposed it will read it
     */
    @Schema(name = "ProposalRejection")
    record Rejection(@PlainText String reason) {}

    @GET
    @Operation(operationId = "listProposals", summary = "The proposals, newest first")
    public Uni<Page<Proposal>> list(
            @Parameter(description = "Those of one tenant") @QueryParam("tenant_id") @Nullable String tenantId,
            @Parameter(description = "Those in one state", schema = @Schema(implementation = ProposalState.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var tenant = Params.optionalUuid("tenant_id", tenantId);
        var wanted = Params.optionalWord("state", state, ProposalState.class);
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        return transactions
                .snapshot(tx -> proposals.newestFirst(tx, after == null ? BEYOND : after, page.fetch(), tenant, wanted))
                .map(found -> Page.of(found, page, it -> it.proposalId().toString(), it -> it));
    }

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getProposal", summary = "Read a proposal")
    public Uni<Proposal> read(@PathParam("id") String id) {
        var proposal = Params.uuid("id", id);
        return transactions.snapshot(tx -> proposals.find(tx, proposal));
    }

    @POST
    @Path("/{id}/approve")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.ALREADY_DECIDED,
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.CURRENCY_MISMATCH,
        ProblemType.TOO_MUCH_TO_BILL,
        ProblemType.TENANT_LIMIT_EXCEEDED,
        ProblemType.MONTHLY_CAP_EXCEEDED,
        ProblemType.INVALID_CLOSING,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED,
        ProblemType.NOT_CLOSING,
        ProblemType.CLOSING_TOO_FAR
    })
    @Operation(
            operationId = "approveProposal",
            summary = "Approve what another platform admin has proposed: it is done at once",
            description =
                    "What cannot be done any more, such as a clawback that reserved nothing and finds too few points, or an allocation in a currency that is the tenant's no more, is refused; the proposal stays proposed.")
    public Uni<Response> approve(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, ProposalOutcome.APPROVED, null);
    }

    @POST
    @Path("/{id}/reject")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.SECOND_PERSON_REQUIRED, ProblemType.ALREADY_DECIDED})
    @Operation(
            operationId = "rejectProposal",
            summary = "Reject what another platform admin has proposed: what it holds goes back to the pool")
    public Uni<Response> reject(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Rejection body) {
        return decide(request, id, ProposalOutcome.REJECTED, body);
    }

    @POST
    @Path("/{id}/withdraw")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PROPOSER_REQUIRED, ProblemType.ALREADY_DECIDED})
    @Operation(
            operationId = "withdrawProposal",
            summary = "Withdraw one's own proposal: what it holds goes back to the pool")
    public Uni<Response> withdraw(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, ProposalOutcome.WITHDRAWN, null);
    }

    private Uni<Response> decide(
            Repeatable request, String id, ProposalOutcome outcome, @Nullable Rejection rejection) {
        var proposal = Params.uuid("id", id);
        var by = caller.actor();
        var reason = rejection == null ? null : rejection.reason();
        return requests.ofPlatform(request, rejection, tx -> service.decide(tx, proposal, outcome, reason, by));
    }
}
