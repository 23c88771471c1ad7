package io.points.allocation.allocation;

import io.points.allocation.proposal.Proposal;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.HistoryQuery;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Allocations and clawbacks, for the platform admin. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/allocations")
@RolesAllowed(Role.PLATFORM_ADMIN)
class AllocationResource {

    private static final String PLATFORM = "platform";

    private final AllocationService allocations;
    private final Clawbacks clawbacks;
    private final MovementChecks checks;
    private final AllocationHistory history;
    private final Idempotency idempotency;
    private final Caller caller;

    AllocationResource(
            AllocationService allocations,
            Clawbacks clawbacks,
            MovementChecks checks,
            AllocationHistory history,
            Idempotency idempotency,
            Caller caller) {
        this.allocations = allocations;
        this.clawbacks = clawbacks;
        this.checks = checks;
        this.history = history;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Path("/allocate")
    @APIResponse(
            responseCode = "201",
            description = "Done: the movement, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Allocation.class)))
    @APIResponse(
            responseCode = "202",
            description = "It takes two people: the proposal, for another platform admin to decide about",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.CURRENCY_MISMATCH,
        ProblemType.TOO_MUCH_TO_BILL,
        ProblemType.TENANT_LIMIT_EXCEEDED,
        ProblemType.MONTHLY_CAP_EXCEEDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED
    })
    @Sends(Sends.LOCATION)
    @Operation(
            operationId = "allocatePoints",
            summary = "Put points into a tenant's pool",
            description = "With ?dry_run=true nothing is moved, and it answers as checkAllocation does.")
    public Uni<Response> allocate(
            @HeaderParam("Idempotency-Key") String key,
            @Parameter(hidden = true) @QueryParam("dry_run") @Nullable String dryRun,
            @NotNull(message = "is required") @Valid Allocate body) {
        return Params.flag("dry_run", dryRun)
                ? checks.allocate(body).map(check -> Response.ok(check).build())
                : allocations
                        .allocate(body, key(key, "allocate", body), caller.actor())
                        .map(AllocationResource::located);
    }

    @POST
    @Path("/allocate/check")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.CURRENCY_MISMATCH,
        ProblemType.TOO_MUCH_TO_BILL,
        ProblemType.TENANT_LIMIT_EXCEEDED,
        ProblemType.MONTHLY_CAP_EXCEEDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED
    })
    @Operation(
            operationId = "checkAllocation",
            summary = "What an allocation would do now, or how it would be refused; nothing is moved")
    public Uni<AllocationCheck> checkAllocation(@NotNull(message = "is required") @Valid Allocate body) {
        return checks.allocate(body);
    }

    @POST
    @Path("/clawback")
    @APIResponse(
            responseCode = "201",
            description = "Done: the movement, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Allocation.class)))
    @APIResponse(
            responseCode = "202",
            description = "It takes two people: the proposal, for another platform admin to decide about",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Proposal.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.INSUFFICIENT_POOL_BALANCE, ProblemType.AMOUNT_OR_ALL})
    @Sends(Sends.LOCATION)
    @Operation(
            operationId = "clawBackPoints",
            summary = "Claw back unspent points from a tenant's pool",
            description = "With ?dry_run=true nothing is moved, and it answers as checkClawback does.")
    public Uni<Response> clawBack(
            @HeaderParam("Idempotency-Key") String key,
            @Parameter(hidden = true) @QueryParam("dry_run") @Nullable String dryRun,
            @NotNull(message = "is required") @Valid ClawBack body) {
        return Params.flag("dry_run", dryRun)
                ? checks.clawBack(body).map(check -> Response.ok(check).build())
                : clawbacks
                        .clawBack(body, key(key, "clawback", body), caller.actor())
                        .map(AllocationResource::located);
    }

    private static Response located(StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create("/api/platform/proposals/" + outcome.resource()));
        }
        return response.build();
    }

    @POST
    @Path("/clawback/check")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.INSUFFICIENT_POOL_BALANCE, ProblemType.AMOUNT_OR_ALL})
    @Operation(
            operationId = "checkClawback",
            summary = "What a clawback would do now, or how it would be refused; nothing is moved")
    public Uni<ClawbackCheck> checkClawback(@NotNull(message = "is required") @Valid ClawBack body) {
        return checks.clawBack(body);
    }

    @GET
    @Path("/history/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "listTenantAllocations", summary = "A tenant's allocations and clawbacks, newest first")
    public Uni<Page<Allocation>> history(
            @PathParam("tenant_id") String tenantId,
            @Parameter(description = "Movements of one kind", schema = @Schema(implementation = AllocationKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @BeanParam HistoryQuery query) {
        return history.page(Params.uuid("tenant_id", tenantId), kind, query);
    }

    @GET
    @Path("/all")
    @Operation(operationId = "listAllocations", summary = "The allocations and clawbacks of all tenants, newest first")
    public Uni<Page<Allocation>> all(
            @Parameter(description = "Movements of one kind", schema = @Schema(implementation = AllocationKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @BeanParam HistoryQuery query) {
        return history.page(null, kind, query);
    }

    private Idempotency.@Nullable Key key(@Nullable String header, String route, Object body) {
        return idempotency.key(header, PLATFORM, caller.id(), "POST", "/api/platform/allocations/" + route, body);
    }
}
