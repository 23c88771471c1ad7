package io.points.distribution.limit;

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
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/** What members may give more by their allowances in single months. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/policy")
@RolesAllowed(Role.MANAGER)
class BoostResource {

    /** Behind all others, so that the first page needs no statement of its own. */
    private static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;
    private final BoostService service;
    private final Boosts boosts;
    private final IdempotentRequests requests;
    private final People people;
    private final Caller caller;

    BoostResource(
            Transactions transactions,
            BoostService service,
            Boosts boosts,
            IdempotentRequests requests,
            People people,
            Caller caller) {
        this.transactions = transactions;
        this.service = service;
        this.boosts = boosts;
        this.requests = requests;
        this.people = people;
        this.caller = caller;
    }

    /**
     * What somebody may give more.
     *
     * @param month in which, the present one or a later one, in the tenant's time zone
     * @param points 1 … 10^12, beside what the allowance says
     * @param note why: managers read it
     */
    @Schema(name = "BoostRequest")
    record Boost(
            @NotNull(message = "is required") UUID userId,

            @NotNull(message = "is required")
            @Pattern(regexp = "[0-9]{4}-(0[1-9]|1[0-2])", message = "must be a month, such as 2026-11")
            String month,

            @PointsAmount Long points,
            @PlainText String note) {}

    @POST
    @Path("/boosts")
    @APIResponse(
            responseCode = "201",
            description = "Made, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BoostView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.NO_MONTHLY_ALLOWANCE, ProblemType.BOOSTED_ALREADY})
    @Operation(
            operationId = "boostAllowance",
            summary = "Let a member give more by their allowance in one month",
            description =
                    "Once each month: the same again changes nothing. It is added to the member's first allowance by the month.")
    public Uni<Response> boost(@BeanParam Repeatable request, @NotNull(message = "is required") @Valid Boost body) {
        var tenant = caller.tenantId();
        var by = caller.actor();
        return requests.ofTenantMaking(
                tenant,
                request,
                body,
                tx -> service.boost(tx, tenant, body.userId(), body.month(), body.points(), body.note(), by));
    }

    @GET
    @Path("/boosts")
    @Operation(
            operationId = "listBoosts",
            summary = "What members may give more by their allowances in single months, newest first")
    public Uni<PeoplePage<BoostView>> list(
            @Parameter(description = "Of one member") @QueryParam("member") @Nullable String member,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var user = Params.optionalUuid("member", member);
        var withPeople = People.areAskedFor(expand);
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        var tenant = caller.tenantId();
        return transactions
                .snapshot(tx -> boosts.page(tx, tenant, user, after == null ? BEYOND : after, page.fetch()))
                .map(found -> Page.of(found, page, it -> it.boostId().toString(), it -> it))
                .chain(found -> people.beside(found, tenant, withPeople, BoostView::idsOfPeople));
    }
}
