package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.distribution.member.People;
import io.points.distribution.member.PeopleExpansion;
import io.points.distribution.member.PeoplePage;
import io.points.distribution.saga.DistributionText;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.paging.HistoryQuery;
import io.points.platform.web.problem.Problem;
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

/** Distributions, for a tenant's managers, leads and employees. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations")
class DistributionResource {

    private final AwardService awards;
    private final DistributionViews views;
    private final People people;
    private final Caller caller;

    DistributionResource(AwardService awards, DistributionViews views, People people, Caller caller) {
        this.awards = awards;
        this.views = views;
        this.people = people;
        this.caller = caller;
    }

    /**
     * @param amount 1 … 10^12 points
     * @param again true: it is meant, though the same was given shortly before, which a rule of the company refuses
     * @param departmentId out of whose envelope; out of none if absent
     */
    @Schema(name = "DelegationRequest")
    record Delegate(
            @NotNull(message = "is required") UUID toUserId,
            @PointsAmount Long amount,
            @PlainText String description,
            @Nullable Boolean again,
            @Nullable UUID departmentId) {}

    /**
     * @param referenceType what the award is for, one word of the tenant's own, such as {@code recognition}
     * @param again true: it is meant, though the same was given shortly before, which a rule of the company refuses
     * @param departmentId of a manager: out of whose envelope; out of none if absent
     */
    @Schema(name = "AwardRequest")
    record Award(
            @NotNull(message = "is required") UUID toUserId,

            @PointsAmount Long amount,

            @Pattern(
                    regexp = "[a-z][a-z0-9_-]{0,49}",
                    message = "must be a lower-case word of at most 50 letters, digits, - or _")
            @Nullable
            String referenceType,

            @PlainText String description,
            @Nullable Boolean again,

            @Nullable UUID departmentId) {}

    /**
     * @param fromUserId whose budget; a lead's own if absent
     * @param departmentId into whose envelope; if absent, into that of the department that the budget's owner belongs to, or into none
     */
    @Schema(name = "ReturnRequest")
    record Return(
            @Nullable UUID fromUserId,
            @PointsAmount Long amount,
            @PlainText(required = false) @Nullable String description,
            @Nullable UUID departmentId) {}

    @POST
    @TimeLimit(waits = true)
    @Path("/distribute-to-lead")
    @RolesAllowed(Role.MANAGER)
    @APIResponse(
            responseCode = "201",
            description = "Completed: the points have arrived",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DistributionView.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.INSUFFICIENT_DEPARTMENT_BALANCE,
        ProblemType.NOT_FOUND,
        ProblemType.DEPARTMENT_CLOSED,
        ProblemType.NOT_YOUR_DEPARTMENT,
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED,
        ProblemType.TENANT_UNKNOWN,
        ProblemType.INVALID_AMOUNT,
        ProblemType.DEADLINE_PASSED,
        ProblemType.APPROVAL_REJECTED,
        ProblemType.APPROVAL_EXPIRED,
        ProblemType.WITHDRAWN,
        ProblemType.RECEIVER_NOT_ELIGIBLE,
        ProblemType.SELF_AWARD,
        ProblemType.TOO_MANY_HELD,
        ProblemType.LIMIT_EXCEEDED,
        ProblemType.DUPLICATE_AWARD
    })
    @Operation(operationId = "delegatePoints", summary = "Delegate points from the pool to a lead's budget")
    public Uni<Response> delegate(
            @BeanParam CommandHeaders headers, @NotNull(message = "is required") @Valid Delegate body) {
        return awards.delegate(
                body.toUserId(),
                body.amount(),
                DistributionText.description(body.description()),
                Boolean.TRUE.equals(body.again()),
                body.departmentId(),
                headers,
                body);
    }

    @POST
    @TimeLimit(waits = true)
    @Path("/award-points")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @APIResponse(
            responseCode = "201",
            description = "Completed: the points have arrived",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DistributionView.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.INSUFFICIENT_DEPARTMENT_BALANCE,
        ProblemType.NOT_FOUND,
        ProblemType.DEPARTMENT_CLOSED,
        ProblemType.NOT_YOUR_DEPARTMENT,
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED,
        ProblemType.TENANT_UNKNOWN,
        ProblemType.INVALID_AMOUNT,
        ProblemType.DEADLINE_PASSED,
        ProblemType.APPROVAL_REJECTED,
        ProblemType.APPROVAL_EXPIRED,
        ProblemType.WITHDRAWN,
        ProblemType.RECEIVER_NOT_ELIGIBLE,
        ProblemType.INSUFFICIENT_BUDGET_BALANCE,
        ProblemType.SELF_AWARD,
        ProblemType.TOO_MANY_HELD,
        ProblemType.NO_ALLOWANCE,
        ProblemType.LIMIT_EXCEEDED,
        ProblemType.DUPLICATE_AWARD
    })
    @Operation(
            operationId = "awardPoints",
            summary =
                    "Award points to an employee: a manager from the pool, a lead from their own budget, anybody from their allowance")
    public Uni<Response> award(@BeanParam CommandHeaders headers, @NotNull(message = "is required") @Valid Award body) {
        return awards.award(
                body.toUserId(),
                body.amount(),
                DistributionText.description(body.referenceType(), body.description()),
                Boolean.TRUE.equals(body.again()),
                body.departmentId(),
                headers,
                body);
    }

    @POST
    @TimeLimit(waits = true)
    @Path("/return-to-pool")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @APIResponse(
            responseCode = "201",
            description = "Completed: the points have arrived",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DistributionView.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_BUDGET_BALANCE,
        ProblemType.MEMBER_UNKNOWN,
        ProblemType.NOT_FOUND,
        ProblemType.DEPARTMENT_CLOSED
    })
    @Operation(
            operationId = "returnPoints",
            summary = "Return a budget to the pool: a lead their own, a manager any lead's")
    public Uni<Response> giveBack(
            @BeanParam CommandHeaders headers, @NotNull(message = "is required") @Valid Return body) {
        return awards.giveBack(
                body.fromUserId(), body.amount(), body.description(), body.departmentId(), headers, body);
    }

    @GET
    @Path("/distributions/{id}")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getDistribution", summary = "A distribution: state, reason, timeline")
    public Uni<DistributionView> read(
            @PathParam("id") String id,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand) {
        var isManager = caller.hasRole(Role.MANAGER);
        var viewer = caller.id();
        var tenant = caller.tenantId();
        var distribution = Params.uuid("id", id);
        var withPeople = People.areAskedFor(expand);
        return views.find(tenant, distribution, viewer)
                .invoke(view -> {
                    if (view == null || !isManager && !view.mayBeSeenBy(viewer)) {
                        throw Problem.notFound("distribution").exception();
                    }
                })
                .chain(view -> people.of(tenant, withPeople, view.idsOfPeople()).map(view::with));
    }

    @GET
    @Path("/history")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(
            operationId = "listOwnDistributions",
            summary = "What the caller gave and received, newest first",
            description = "Received points are listed once they have arrived.")
    public Uni<PeoplePage<DistributionView>> own(
            @Parameter(description = "Movements of one kind", schema = @Schema(implementation = DistributionKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @BeanParam HistoryQuery query) {
        return page(true, kind, expand, query);
    }

    @GET
    @Path("/history/tenant")
    @RolesAllowed(Role.MANAGER)
    @Operation(operationId = "listDistributions", summary = "All distributions of the tenant, newest first")
    public Uni<PeoplePage<DistributionView>> tenant(
            @Parameter(description = "Movements of one kind", schema = @Schema(implementation = DistributionKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @BeanParam HistoryQuery query) {
        return page(false, kind, expand, query);
    }

    private Uni<PeoplePage<DistributionView>> page(
            boolean onlyOwn, @Nullable String kind, @Nullable String expand, HistoryQuery query) {
        var tenant = caller.tenantId();
        var withPeople = People.areAskedFor(expand);
        return views.page(tenant, caller.id(), onlyOwn, kind, query)
                .chain(page -> people.beside(page, tenant, withPeople, DistributionView::idsOfPeople));
    }
}
