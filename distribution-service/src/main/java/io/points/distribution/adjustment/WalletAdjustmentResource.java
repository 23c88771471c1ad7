package io.points.distribution.adjustment;

import io.points.contract.Account;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.adjustment.AdjustedAmount;
import io.points.ledger.adjustment.Adjustment;
import io.points.ledger.adjustment.Adjustments;
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
import io.vertx.mutiny.sqlclient.Pool;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Adjustments of wallets: one platform admin proposes, another one approves. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/adjustments/wallets")
@RolesAllowed(Role.PLATFORM_ADMIN)
class WalletAdjustmentResource {

    private final Adjustments adjustments;
    private final IdempotentRequests requests;
    private final Caller caller;

    WalletAdjustmentResource(Pool database, IdempotentRequests requests, Caller caller) {
        adjustments = new Adjustments(database, new WalletAdjustments());
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * What is to be done.
     *
     * @param amount signed points that the ledger has too little; 0 if only the balance's own row is wrong
     * @param reason why; auditors will read it
     */
    @Schema(name = "WalletAdjustmentProposal")
    record Proposal(
            @NotNull(message = "is required") UUID tenantId,

            @NotNull(message = "is required") UUID userId,

            @NotNull(message = "is required")
            @Pattern(regexp = "budget|earned", message = "must be budget or earned")
            @Schema(implementation = WalletKind.class)
            String account,

            @AdjustedAmount Long amount,

            @PlainText String reason) {}

    @POST
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Adjustment.class)))
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "proposeWalletAdjustment",
            summary = "Propose an adjustment that restores a wallet to the sum of its events")
    public Uni<Response> propose(
            @BeanParam Repeatable request, @NotNull(message = "is required") @Valid Proposal body) {
        var wish = new Adjustments.Wish(
                body.tenantId(), Account.of(body.account()), body.userId(), body.amount(), body.reason());
        var by = caller.actor();
        return requests.ofPlatform(request, body, tx -> adjustments.propose(tx, wish, by));
    }

    @POST
    @Path("/{id}/approve")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Adjustment.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.SECOND_PERSON_REQUIRED,
        ProblemType.ADJUSTMENT_DECIDED,
        ProblemType.ADJUSTMENT_OUT_OF_RANGE
    })
    @Operation(
            operationId = "approveWalletAdjustment",
            summary = "Approve an adjustment that another platform admin has proposed")
    public Uni<Response> approve(@BeanParam Repeatable request, @PathParam("id") String id) {
        var adjustment = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> adjustments.approve(tx, adjustment, by));
    }

    @POST
    @Path("/{id}/reject")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Adjustment.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.ADJUSTMENT_DECIDED})
    @Operation(operationId = "rejectWalletAdjustment", summary = "Reject a proposed adjustment")
    public Uni<Response> reject(@BeanParam Repeatable request, @PathParam("id") String id) {
        var adjustment = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> adjustments.reject(tx, adjustment, by));
    }

    @GET
    @Operation(operationId = "listWalletAdjustments", summary = "All adjustments, newest first")
    public Uni<Page<Adjustment>> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        var page = PageRequest.of(limit, cursor);
        return adjustments
                .newestFirst(page.afterId(), page.fetch())
                .map(found -> Page.of(found, page, it -> it.adjustmentId().toString(), it -> it));
    }
}
