package io.points.distribution.wish;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.distribution.member.People;
import io.points.distribution.member.PeopleExpansion;
import io.points.distribution.member.PeoplePage;
import io.points.distribution.wish.WishRules.Word;
import io.points.distribution.wish.WishService.Gift;
import io.points.distribution.wish.WishService.Person;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/** What members ask managers to give. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/wishes")
class WishResource {

    private static final String AMOUNT = "must be a whole number of points from 1 to 1000000000000";

    /** Behind all others, so that the first page needs no statement of its own. */
    private static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;
    private final WishService service;
    private final IdempotentRequests requests;
    private final People people;
    private final Caller caller;

    WishResource(
            Transactions transactions, WishService service, IdempotentRequests requests, People people, Caller caller) {
        this.transactions = transactions;
        this.service = service;
        this.requests = requests;
        this.people = people;
        this.caller = caller;
    }

    /**
     * What somebody asks for.
     *
     * @param toUserId who is nominated; absent of a budget, which is the caller's own
     * @param note why: managers read it
     */
    @Schema(name = "WishRequest")
    record Make(
            @NotNull(message = "is required") WishKind kind,
            @Nullable UUID toUserId,
            @PointsAmount Long amount,
            @PlainText String note) {}

    /**
     * What a manager gives for it.
     *
     * @param amount what was asked for if absent
     * @param departmentId out of whose envelope; out of none if absent
     * @param description what stands with it, in the manager's own words
     */
    @Schema(name = "WishGrant")
    record Grant(
            @Min(value = 1, message = AMOUNT) @Max(value = PointsAmount.MAX, message = AMOUNT) @Nullable
            Long amount,

            @Nullable UUID departmentId,
            @PlainText String description) {}

    /** @param reason whoever has asked for it will read it */
    @Schema(name = "WishRefusal")
    record Refusal(@PlainText(required = false) @Nullable String reason) {}

    /** Which ones are listed. */
    @Schema(name = "WishFilter")
    enum Filter {
        @JsonProperty("open")
        OPEN,
        @JsonProperty("decided")
        DECIDED
    }

    @POST
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @APIResponse(
            responseCode = "201",
            description = "Made, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WishView.class)))
    @Refuses({
        ProblemType.RECEIVER_NOT_ELIGIBLE,
        ProblemType.SELF_AWARD,
        ProblemType.INVALID_WISH,
        ProblemType.TOO_MANY_WISHES
    })
    @Operation(
            operationId = "makeWish",
            summary = "Ask managers to give: a lead for a budget, anybody for an award of somebody else",
            description = "Nothing is reserved for it. After 30 days without a decision it is over.")
    public Uni<Response> make(@BeanParam Repeatable request, @NotNull(message = "is required") @Valid Make body) {
        var by = person();
        var to = body.kind() == WishKind.BUDGET ? ofBudget(body) : nominee(body);
        return requests.ofTenantMaking(
                by.tenantId(), request, body, tx -> service.make(tx, body.kind(), to, body.amount(), body.note(), by));
    }

    private UUID ofBudget(Make body) {
        if (!caller.hasRole(Role.LEAD)) {
            throw WishProblems.noLead().exception();
        }
        if (body.toUserId() != null && !body.toUserId().equals(caller.id())) {
            throw WishProblems.invalid("must be absent of a budget, which is for whoever asks")
                    .exception();
        }
        return caller.id();
    }

    private static UUID nominee(Make body) {
        if (body.toUserId() == null) {
            throw WishProblems.invalid("is required of a nomination").exception();
        }
        return body.toUserId();
    }

    @GET
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(
            operationId = "listWishes",
            summary = "What managers are asked to give, newest first: for managers the tenant's, for others their own")
    public Uni<PeoplePage<WishView>> list(
            @Parameter(
                            description = "Open ones, which is so if it is absent, or those that have been decided",
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
        var viewer = person();
        var askedBy = own || !viewer.isManager() ? viewer.id() : null;
        return transactions
                .snapshot(tx -> service.page(
                        tx, wanted != Filter.DECIDED, askedBy, after == null ? BEYOND : after, page.fetch(), viewer))
                .map(found -> Page.of(found, page, it -> it.wishId().toString(), it -> it))
                .chain(found -> people.beside(found, viewer.tenantId(), withPeople, WishView::idsOfPeople));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getWish", summary = "What managers are asked to give")
    public Uni<WishView> read(@PathParam("id") String id) {
        var wish = Params.uuid("id", id);
        var viewer = person();
        return transactions.snapshot(tx -> service.view(tx, wish, viewer));
    }

    @POST
    @Path("/{id}/grant")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Asked of the pool, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WishView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED,
        ProblemType.RECEIVER_NOT_ELIGIBLE,
        ProblemType.NOT_YOUR_DEPARTMENT,
        ProblemType.DEPARTMENT_CLOSED,
        ProblemType.TOO_MANY_HELD,
        ProblemType.LIMIT_EXCEEDED
    })
    @Operation(
            operationId = "grantWish",
            summary =
                    "Give what somebody asks for: a budget to a lead, or an award, by the manager and out of the pool",
            description = "The manager's rules hold. If it cannot be given after all, the wish is open again.")
    public Uni<Response> grant(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Grant body) {
        var wish = Params.uuid("id", id);
        var by = person();
        var gift = new Gift(body.amount(), body.departmentId(), body.description());
        return requests.ofTenant(
                by.tenantId(),
                request,
                body,
                tx -> service.lockGiven(tx, wish, gift, by),
                (tx, judgements) -> service.grant(tx, wish, gift, judgements, by));
    }

    @POST
    @Path("/{id}/decline")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WishView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.CONFLICT_OF_INTEREST,
        ProblemType.ALREADY_DECIDED
    })
    @Operation(operationId = "declineWish", summary = "Decline what somebody asks for")
    public Uni<Response> decline(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Refusal body) {
        return end(request, id, Word.DECLINE, body);
    }

    @POST
    @Path("/{id}/withdraw")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WishView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PROPOSER_REQUIRED, ProblemType.ALREADY_DECIDED})
    @Operation(operationId = "withdrawWish", summary = "Withdraw what one has asked for oneself")
    public Uni<Response> withdraw(@BeanParam Repeatable request, @PathParam("id") String id) {
        return end(request, id, Word.WITHDRAW, null);
    }

    private Uni<Response> end(Repeatable request, String id, Word word, @Nullable Refusal body) {
        var wish = Params.uuid("id", id);
        var by = person();
        var reason = body == null ? null : body.reason();
        return requests.ofTenant(by.tenantId(), request, body, tx -> service.end(tx, wish, word, reason, by));
    }

    private Person person() {
        return new Person(caller.tenantId(), caller.id(), caller.hasRole(Role.MANAGER), caller.actor());
    }
}
