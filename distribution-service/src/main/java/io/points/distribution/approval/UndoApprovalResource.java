package io.points.distribution.approval;

import io.points.distribution.approval.ApprovalResource.Filter;
import io.points.distribution.approval.ApprovalResource.Rejection;
import io.points.distribution.approval.ApprovalRules.Wish;
import io.points.distribution.approval.ApprovalService.Decider;
import io.points.distribution.member.People;
import io.points.distribution.member.PeopleExpansion;
import io.points.distribution.member.PeoplePage;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What is to be taken back and takes two people, beside what {@link ApprovalResource} has of what is to be given. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/approvals")
class UndoApprovalResource {

    private final Transactions transactions;
    private final UndoApprovals undos;
    private final IdempotentRequests requests;
    private final People people;
    private final Caller caller;

    UndoApprovalResource(
            Transactions transactions, UndoApprovals undos, IdempotentRequests requests, People people, Caller caller) {
        this.transactions = transactions;
        this.undos = undos;
        this.requests = requests;
        this.people = people;
        this.caller = caller;
    }

    @GET
    @Path("/undos")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @Operation(
            operationId = "listUndoProposals",
            summary =
                    "What is to be taken back and takes two people, newest first: for managers the tenant's, for leads what they have asked for")
    public Uni<PeoplePage<UndoProposal>> list(
            @Parameter(
                            description =
                                    "Those that wait, which is so if it is absent, or those that have been decided",
                            schema = @Schema(implementation = Filter.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var wanted = Params.optionalWord("state", state, Filter.class);
        var withPeople = People.areAskedFor(expand);
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        var viewer = decider();
        var askedBy = viewer.isManager() ? null : viewer.id();
        return transactions
                .snapshot(tx -> undos.page(
                        tx,
                        viewer.tenantId(),
                        wanted != Filter.DECIDED,
                        askedBy,
                        after == null ? ApprovalResource.BEYOND : after,
                        page.fetch()))
                .map(found -> Page.of(found, page, it -> it.proposalId().toString(), it -> it))
                .chain(found -> people.beside(found, viewer.tenantId(), withPeople, UndoProposal::idsOfPeople));
    }

    @GET
    @Path("/undos/{id}")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getUndoProposal", summary = "What is to be taken back, and what has become of that")
    public Uni<UndoProposal> read(@PathParam("id") String id) {
        var proposal = Params.uuid("id", id);
        var viewer = decider();
        return transactions.snapshot(tx -> undos.view(tx, proposal, viewer));
    }

    @POST
    @Path("/undos/{id}/approve")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UndoProposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED,
        ProblemType.NOT_REVERSIBLE,
        ProblemType.NOT_COMPLETED,
        ProblemType.ALREADY_REVERSED,
        ProblemType.ALREADY_UNDONE,
        ProblemType.REVERSAL_TOO_LATE,
        ProblemType.SHORTFALL
    })
    @Operation(
            operationId = "approveUndo",
            summary = "Approve that what another has asked for is taken back",
            description =
                    "If it cannot be taken back any more, it is refused as the request would be, and goes on waiting.")
    public Uni<Response> approve(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, Wish.APPROVE, null);
    }

    @POST
    @Path("/undos/{id}/reject")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UndoProposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED
    })
    @Operation(operationId = "rejectUndo", summary = "Reject that what another has asked for is taken back")
    public Uni<Response> reject(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Rejection body) {
        return decide(request, id, Wish.REJECT, body);
    }

    @POST
    @Path("/undos/{id}/withdraw")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UndoProposal.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PROPOSER_REQUIRED, ProblemType.ALREADY_DECIDED})
    @Operation(operationId = "withdrawUndo", summary = "Withdraw that something is taken back that one has asked for")
    public Uni<Response> withdraw(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, Wish.WITHDRAW, null);
    }

    private Uni<Response> decide(Repeatable request, String id, Wish wish, @Nullable Rejection body) {
        var proposal = Params.uuid("id", id);
        var by = decider();
        var reason = body == null ? null : body.reason();
        return requests.ofTenant(by.tenantId(), request, body, tx -> undos.decide(tx, proposal, wish, reason, by));
    }

    private Decider decider() {
        return new Decider(caller.tenantId(), caller.id(), caller.hasRole(Role.MANAGER), caller.actor());
    }
}
