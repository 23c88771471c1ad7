package io.points.distribution.policy;

import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleFaults;
import io.points.platform.web.IfMatch;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** By which rules points of the caller's tenant lapse and are given, as its managers say. */
@Cancellable(false)
@TimeLimit
@Path("/api/policy")
@RolesAllowed(Role.MANAGER)
class PolicyResource {

    private final PolicyService service;
    private final PolicyPreviews previews;
    private final Policies policies;
    private final Caller caller;

    PolicyResource(PolicyService service, PolicyPreviews previews, Policies policies, Caller caller) {
        this.service = service;
        this.previews = previews;
        this.policies = policies;
        this.caller = caller;
    }

    /**
     * What a policy shall be.
     *
     * @param budgets if it is absent, they never lapse
     * @param rules if they are absent, they stay as they are
     * @param undoApprovalAbove if it is absent, nobody has to approve what is taken back
     */
    @Schema(name = "PolicyUpdate")
    record PutPolicy(
            @NotNull(message = "is required") @Valid EarnedTerms earned,
            @Valid @Nullable BudgetsTerms budgets,

            @Size(max = Rule.MOST_RULES, message = "must have at most {max} rules") @Nullable
            List<@NotNull(message = "is required") @Valid Rule> rules,

            @Min(value = 0, message = NO_POINTS) @Max(value = PointsAmount.MAX, message = NO_POINTS) @Nullable
            Long undoApprovalAbove) {

        private static final String NO_POINTS = "must be 0 to " + PointsAmount.MAX;

        /** @throws io.points.platform.web.problem.ProblemException 422 that names each field that does not fit the others */
        private PolicyView complete() {
            var ofBudgets = budgets == null ? new BudgetsTerms(null, null) : budgets;
            var faults = new LinkedHashMap<>(PolicyRules.faults(earned));
            faults.putAll(PolicyRules.faults(ofBudgets));
            faults.putAll(RuleFaults.of(rules == null ? List.of() : rules));
            if (faults.isEmpty()) {
                return PolicyView.of(
                        0,
                        PolicyRules.complete(earned),
                        PolicyRules.complete(ofBudgets),
                        rules == null ? List.of() : rules,
                        undoApprovalAbove);
            }
            throw Problem.invalidPolicy(faults).exception();
        }
    }

    @GET
    @Sends(Sends.ETAG)
    @Operation(operationId = "getPolicy", summary = "By which rules the tenant's points lapse and are given")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PolicyView.class)))
    public Uni<Response> read() {
        var tenant = caller.tenantId();
        var reader = caller.id();
        return policies.find(tenant)
                .map(Policies.Found::policy)
                .chain(policy -> service.warned(tenant, reader, policy))
                .map(PolicyResource::tagged);
    }

    @PUT
    @Refuses({ProblemType.PRECONDITION_FAILED, ProblemType.INVALID_POLICY})
    @Sends(Sends.ETAG)
    @Operation(
            operationId = "savePolicy",
            summary = "Change by which rules the tenant's points lapse and are given",
            description =
                    "What is credited from then on is dated by it; what was credited before keeps its day. What is asked for from then on is"
                            + " judged by its rules.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PolicyView.class)))
    public Uni<Response> put(
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid PutPolicy body) {
        var condition = IfMatch.in(headers);
        var tenant = caller.tenantId();
        var reader = caller.id();
        return service.put(tenant, body.complete(), body.rules(), condition, caller.actor())
                .chain(policy -> service.warned(tenant, reader, policy))
                .map(PolicyResource::tagged);
    }

    @POST
    @Path("/check")
    @Refuses(ProblemType.INVALID_POLICY)
    @Operation(
            operationId = "checkPolicy",
            summary =
                    "See what a policy would do: until when points of today can be used, and what would have lapsed and been refused in 90 days")
    public Uni<PolicyPreview> check(@NotNull(message = "is required") @Valid PutPolicy body) {
        var policy = body.complete();
        var tenant = caller.tenantId();
        var reader = caller.id();
        return service.requireOpen(tenant, body.rules())
                .chain(() -> previews.of(tenant, policy))
                .chain(preview -> policies.warning(tenant, reader, policy).map(preview::warned));
    }

    private static Response tagged(PolicyView policy) {
        return Response.ok(policy)
                .header(HttpHeaders.ETAG, IfMatch.tag(policy.revision()))
                .build();
    }
}
