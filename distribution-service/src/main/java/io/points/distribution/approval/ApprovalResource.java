package io.points.distribution.approval;

import com.fasterxml.jackson.annotation.JsonProperty;
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

/** What waits until managers have approved that it is given. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/approvals")
class ApprovalResource {

    /** Behind all others, so that the first page needs no statement of its own. */
    static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;
    private final ApprovalService service;
    private final IdempotentRequests requests;
    private final People people;
    private final Caller caller;

    ApprovalResource(
            Transactions transactions,
            ApprovalService service,
            IdempotentRequests requests,
            People people,
            Caller caller) {
        this.transactions = transactions;
        this.service = service;
        this.requests = requests;
        this.people = people;
        this.caller = caller;
    }

    /**
     * Why it is rejected.
     *
     * @param reason whoever has asked for it will read it
     */
    @Schema(name = "ApprovalRejection")
    record Rejection(@PlainText String reason) {}

    /** Which ones are listed. */
    @Schema(name = "ApprovalFilter")
    enum Filter {
        @JsonProperty("open")
        OPEN,
        @JsonProperty("decided")
        DECIDED
    }

    @GET
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @Operation(
            operationId = "listApprovals",
            summary =
                    "What needs approval, newest first: for managers the tenant's, for leads what they have asked for")
    public Uni<PeoplePage<ApprovalView>> list(
            @Parameter(
                            description =
                                    "Those that wait, which is so if it is absent, or those that have been decided",
                            schema = @Schema(implementation = Filter.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(
                            description = "Whether only what the caller has asked for is listed",
                            schema = @Schema(implementation = Boolean.class))
                    @QueryParam("mine")
                    @Nullable
                    String mine,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var wanted = Params.optionalWord("state", state, Filter.class);
        var own = Params.flag("mine", mine);
        var withPeople = People.areAskedFor(expand);
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        var viewer = decider();
        var askedBy = own || !viewer.isManager() ? viewer.id() : null;
        return transactions
                .snapshot(tx -> service.page(
                        tx, wanted != Filter.DECIDED, askedBy, after == null ? BEYOND : after, page.fetch(), viewer))
                .map(found -> Page.of(found, page, it -> it.distributionId().toString(), it -> it))
                .chain(found -> people.beside(found, viewer.tenantId(), withPeople, ApprovalView::idsOfPeople));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getApproval", summary = "What needs approval, and who has given it")
    public Uni<ApprovalView> read(@PathParam("id") String id) {
        var distribution = Params.uuid("id", id);
        var viewer = decider();
        return transactions.snapshot(tx -> service.view(tx, distribution, viewer));
    }

    @POST
    @Path("/{id}/approve")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_HELD,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED,
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED
    })
    @Operation(
            operationId = "approveDistribution",
            summary = "Approve what another has asked for: with the last approval that it takes, it is given at once",
            description = "If its receiver can take it no more, it goes back; the state then says refused.")
    public Uni<Response> approve(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, Wish.APPROVE, null);
    }

    @POST
    @Path("/{id}/reject")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_HELD,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED
    })
    @Operation(
            operationId = "rejectDistribution",
            summary = "Reject what another has asked for: its points go back to where they came from")
    public Uni<Response> reject(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Rejection body) {
        return decide(request, id, Wish.REJECT, body);
    }

    @POST
    @Path("/{id}/withdraw")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.NOT_HELD, ProblemType.PROPOSER_REQUIRED, ProblemType.ALREADY_DECIDED})
    @Operation(
            operationId = "withdrawDistribution",
            summary = "Withdraw what one has asked for oneself: its points go back to where they came from")
    public Uni<Response> withdraw(@BeanParam Repeatable request, @PathParam("id") String id) {
        return decide(request, id, Wish.WITHDRAW, null);
    }

    private Uni<Response> decide(Repeatable request, String id, Wish wish, @Nullable Rejection body) {
        var distribution = Params.uuid("id", id);
        var by = decider();
        var reason = body == null ? null : body.reason();
        return requests.ofTenant(
                by.tenantId(), request, body, tx -> service.decide(tx, distribution, wish, reason, by));
    }

    private Decider decider() {
        return new Decider(caller.tenantId(), caller.id(), caller.hasRole(Role.MANAGER), caller.actor());
    }
}
