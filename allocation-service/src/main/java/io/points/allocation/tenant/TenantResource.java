package io.points.allocation.tenant;

import io.points.ledger.dates.ExpiryTerms;
import io.points.platform.web.IfMatch;
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
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Tenants, for the platform admin. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/tenants")
@RolesAllowed(Role.PLATFORM_ADMIN)
class TenantResource {

    private final Tenants tenants;
    private final TenantViews views;
    private final TenantList list;
    private final Contracts contracts;
    private final Budgets budgets;
    private final Settings settings;
    private final PoolPolicyPreviews previews;
    private final IdempotentRequests requests;
    private final Idempotency idempotency;
    private final Caller caller;

    TenantResource(
            Tenants tenants,
            TenantViews views,
            TenantList list,
            Contracts contracts,
            Budgets budgets,
            Settings settings,
            PoolPolicyPreviews previews,
            IdempotentRequests requests,
            Idempotency idempotency,
            Caller caller) {
        this.tenants = tenants;
        this.views = views;
        this.list = list;
        this.contracts = contracts;
        this.budgets = budgets;
        this.settings = settings;
        this.previews = previews;
        this.requests = requests;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    /** Why a tenant is suspended or reactivated. */
    record Reason(@PlainText String reason) {}

    /**
     * What a tenant is to be allocated at most.
     *
     * @param monthlyBudget 1 … 10^12 points per calendar month, UTC
     * @param onExceed what becomes of an allocation beyond it; it raises an alert if absent
     */
    @Schema(name = "MonthlyBudget")
    record Budget(
            @PointsAmount Long monthlyBudget, @Nullable OnExceed onExceed) {

        private Budgets.Budget read() {
            return new Budgets.Budget(monthlyBudget, onExceed == null ? OnExceed.ALERT : onExceed);
        }
    }

    /**
     * How a tenant is to have it.
     *
     * @param timeZone a region of the IANA's time zones, or UTC
     * @param poolExpires when points lapse that are allocated; null, or absent: never
     * @param approveAllocationsAbove more points at once are allocated by two platform admins; null, or absent: any by one
     */
    @Schema(name = "TenantSettingsUpdate")
    record SettingsUpdate(
            @Schema(pattern = TimeZoneId.PATTERN) @NotNull(message = "is required") @TimeZoneId
            String timeZone,

            @Valid @Nullable ExpiryTerms poolExpires,

            @Min(value = 0, message = NO_THRESHOLD) @Max(value = MOST_AT_ONCE, message = NO_THRESHOLD) @Nullable
            Long approveAllocationsAbove) {

        private static final long MOST_AT_ONCE = 1_000_000_000_000L;
        private static final String NO_THRESHOLD = "must be 0 to " + MOST_AT_ONCE;

        /** With what is usual where nothing is said; fails with a 422 problem if the fields do not go together. */
        private @Nullable ExpiryTerms expires() {
            if (poolExpires == null) {
                return null;
            }
            var faults = poolExpires.faults("pool_expires");
            if (!faults.isEmpty()) {
                throw Problem.invalidPolicy(faults).exception();
            }
            return poolExpires.complete();
        }
    }

    @POST
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantView.class)))
    @Refuses(ProblemType.TENANT_EXISTS)
    @Sends(Sends.LOCATION)
    @Operation(operationId = "registerTenant", summary = "Register a tenant, with a given id or a new one")
    public Uni<Response> register(
            @BeanParam Repeatable request, @NotNull(message = "is required") @Valid RegisterTenant body) {
        var by = caller.actor();
        return requests.ofPlatformDeciding(request, body, tx -> tenants.register(tx, body, by)
                        .map(tenant -> idempotency.answer(201, tenant).naming(tenant.tenantId())))
                .map(TenantResource::registered);
    }

    private static Response registered(StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create("/api/platform/tenants/" + outcome.resource()));
        }
        return response.build();
    }

    @GET
    @RolesAllowed({Role.PLATFORM_ADMIN, Role.FINANCE, Role.AUDITOR})
    @Operation(
            operationId = "listTenants",
            summary = "The tenants, and for platform admins how each is doing; to be searched and sorted")
    public Uni<Page<TenantOnList>> list(@BeanParam TenantQuery query) {
        var understood = query.understood();
        var health = caller.hasRole(Role.PLATFORM_ADMIN);
        if (!health && understood.sort().tellsOfHealth()) {
            throw Problem.of(
                            403,
                            "forbidden",
                            "The caller's role does not allow this",
                            "Only platform admins may sort tenants by runway or last_allocation.")
                    .exception();
        }
        return list.page(understood, health);
    }

    @GET
    @Path("/{tenant_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getTenant", summary = "Read a tenant")
    public Uni<TenantView> read(@PathParam("tenant_id") String tenantId) {
        return views.find(Params.uuid("tenant_id", tenantId));
    }

    @POST
    @Path("/{tenant_id}/suspend")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.TENANT_CLOSING, ProblemType.TENANT_CLOSED})
    @Operation(
            operationId = "suspendTenant",
            summary = "Stop the tenant's distributions; clawback and returned budgets still work")
    public Uni<Response> suspend(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @NotNull(message = "is required") @Valid Reason body) {
        var id = Params.uuid("tenant_id", tenantId);
        var by = caller.actor();
        return requests.ofPlatform(request, body, tx -> tenants.suspend(tx, id, body.reason(), by));
    }

    @POST
    @Path("/{tenant_id}/reactivate")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.TENANT_CLOSING, ProblemType.TENANT_CLOSED})
    @Operation(operationId = "reactivateTenant", summary = "Let a suspended tenant distribute again")
    public Uni<Response> reactivate(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @NotNull(message = "is required") @Valid Reason body) {
        var id = Params.uuid("tenant_id", tenantId);
        var by = caller.actor();
        return requests.ofPlatform(request, body, tx -> tenants.reactivate(tx, id, body.reason(), by));
    }

    @PUT
    @Path("/{tenant_id}/contract")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "changeContract",
            summary = "Give the tenant a new contract, effective now or later; past allocations keep their price")
    public Uni<ContractView> changeContract(
            @PathParam("tenant_id") String tenantId, @NotNull(message = "is required") @Valid ChangeContract body) {
        var id = Params.uuid("tenant_id", tenantId);
        return contracts
                .change(id, body, caller.actor())
                .chain(revision -> Panache.withSession(() -> Contract.of(id, revision)))
                .map(ContractView::of);
    }

    @GET
    @Path("/{tenant_id}/contracts")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "listContracts", summary = "The tenant's contracts, newest revision first")
    public Uni<Page<ContractView>> contracts(
            @PathParam("tenant_id") String tenantId,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        var id = Params.uuid("tenant_id", tenantId);
        var page = PageRequest.of(limit, cursor);
        return views.find(id)
                .chain(known -> Panache.withSession(() -> Contract.newestFirst(id, page.afterNumber(), page.fetch())))
                .map(rows -> Page.of(rows, page, contract -> Long.toString(contract.revision), ContractView::of));
    }

    @PUT
    @Path("/{tenant_id}/budget")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "setMonthlyBudget",
            summary =
                    "Give the tenant a monthly budget; an allocation beyond it raises an alert, takes two admins, or is refused")
    public Uni<TenantView> changeBudget(
            @PathParam("tenant_id") String tenantId, @NotNull(message = "is required") @Valid Budget body) {
        var id = Params.uuid("tenant_id", tenantId);
        return budgets.change(id, body.read(), caller.actor()).chain(() -> views.find(id));
    }

    @DELETE
    @Path("/{tenant_id}/budget")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "removeMonthlyBudget", summary = "Remove the tenant's monthly budget")
    public Uni<TenantView> removeBudget(@PathParam("tenant_id") String tenantId) {
        var id = Params.uuid("tenant_id", tenantId);
        return budgets.change(id, null, caller.actor()).chain(() -> views.find(id));
    }

    @GET
    @Path("/{tenant_id}/settings")
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.ETAG)
    @Operation(operationId = "getTenantSettings", summary = "Read a tenant's settings")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantSettings.class)))
    public Uni<Response> settings(@PathParam("tenant_id") String tenantId) {
        return settings.read(Params.uuid("tenant_id", tenantId)).map(TenantResource::tagged);
    }

    @PUT
    @Path("/{tenant_id}/settings")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED, ProblemType.INVALID_POLICY})
    @Sends(Sends.ETAG)
    @Operation(
            operationId = "changeTenantSettings",
            summary =
                    "Say by whose days a tenant's calendar goes, when allocated points lapse, and which allocations take two admins",
            description = "The settings are replaced as a whole. Days that were given before stay.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantSettings.class)))
    public Uni<Response> changeSettings(
            @PathParam("tenant_id") String tenantId,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid SettingsUpdate body) {
        var id = Params.uuid("tenant_id", tenantId);
        return settings.change(
                        id,
                        body.timeZone(),
                        body.expires(),
                        body.approveAllocationsAbove(),
                        IfMatch.in(headers),
                        caller.actor())
                .map(TenantResource::tagged);
    }

    @POST
    @Path("/{tenant_id}/settings/check")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.INVALID_POLICY})
    @Operation(
            operationId = "checkTenantSettings",
            summary =
                    "See what settings would do: until when points of today could be used, and what would have lapsed in 90 days")
    public Uni<PoolPolicyPreview> checkSettings(
            @PathParam("tenant_id") String tenantId, @NotNull(message = "is required") @Valid SettingsUpdate body) {
        return previews.of(Params.uuid("tenant_id", tenantId), ZoneId.of(body.timeZone()), body.expires());
    }

    private static Response tagged(TenantSettings found) {
        return Response.ok(found)
                .header(HttpHeaders.ETAG, IfMatch.tag(found.revision()))
                .build();
    }
}
