package io.points.allocation.allocation;

import io.points.allocation.proposal.ProposalService;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
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
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What the managers of the caller's tenant ask the platform for. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/requests")
@RolesAllowed(Role.MANAGER)
class PointsRequestResource {

    /** Behind all others, so that the first page needs no statement of its own. */
    private static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;
    private final PointsRequests asking;
    private final ProposalService proposals;
    private final IdempotentRequests requests;
    private final Idempotency idempotency;
    private final Caller caller;

    PointsRequestResource(
            Transactions transactions,
            PointsRequests asking,
            ProposalService proposals,
            IdempotentRequests requests,
            Idempotency idempotency,
            Caller caller) {
        this.transactions = transactions;
        this.asking = asking;
        this.proposals = proposals;
        this.requests = requests;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    /**
     * What a manager asks for.
     *
     * @param note why: platform admins and the tenant's managers read it
     */
    @Schema(name = "PointsRequestMade")
    record Ask(@PointsAmount Long amount, @PlainText String note) {}

    @POST
    @APIResponse(
            responseCode = "202",
            description = "Asked for, also for each retry: a platform admin will decide",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PointsRequest.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.TOO_MANY_OPEN_REQUESTS,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED
    })
    @Sends(Sends.LOCATION)
    @Operation(
            operationId = "requestPoints",
            summary = "Ask the platform for points",
            description =
                    "Nothing is moved before a platform admin has approved it. After 14 days without a decision it is over.")
    public Uni<Response> ask(@BeanParam Repeatable request, @NotNull(message = "is required") @Valid Ask body) {
        var tenant = caller.tenantId();
        var by = caller.actor();
        return requests.ofTenantDeciding(
                        tenant, request, body, tx -> asking.ask(tx, tenant, body.amount(), body.note(), by)
                                .map(made -> idempotency.answer(202, made).naming(made.requestId())))
                .map(PointsRequestResource::located);
    }

    private static Response located(StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create("/api/allocations/requests/" + outcome.resource()));
        }
        return response.build();
    }

    @GET
    @Operation(
            operationId = "listPointsRequests",
            summary = "What managers of the caller's tenant have asked the platform for, newest first")
    public Uni<Page<PointsRequest>> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        var tenant = caller.tenantId();
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        return transactions
                .snapshot(tx -> proposals.requests(tx, tenant, after == null ? BEYOND : after, page.fetch()))
                .map(found -> Page.of(found, page, it -> it.proposalId().toString(), PointsRequest::of));
    }

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getPointsRequest", summary = "What a manager has asked the platform for")
    public Uni<PointsRequest> read(@PathParam("id") String id) {
        var request = Params.uuid("id", id);
        var tenant = caller.tenantId();
        return transactions
                .snapshot(tx -> proposals.request(tx, tenant, request))
                .map(PointsRequest::of);
    }

    @POST
    @Path("/{id}/withdraw")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PointsRequest.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.ALREADY_DECIDED})
    @Operation(
            operationId = "withdrawPointsRequest",
            summary = "Withdraw what a manager of the caller's tenant has asked for")
    public Uni<Response> withdraw(@BeanParam Repeatable request, @PathParam("id") String id) {
        var asked = Params.uuid("id", id);
        var tenant = caller.tenantId();
        var by = caller.actor();
        return requests.ofTenant(tenant, request, null, tx -> proposals
                .withdrawRequest(tx, tenant, asked, by)
                .map(PointsRequest::of));
    }
}
