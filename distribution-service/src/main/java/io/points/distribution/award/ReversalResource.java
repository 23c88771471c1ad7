package io.points.distribution.award;

import io.points.distribution.approval.UndoProposal;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Takes an award back: whoever gave it for a while, and managers for longer. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/distributions/{id}/reverse")
class ReversalResource {

    private final ReversalService reversals;

    ReversalResource(ReversalService reversals) {
        this.reversals = reversals;
    }

    /** @param shortfall refuse if absent */
    @Schema(name = "ReversalRequest")
    record Reverse(@PlainText String reason, ReversalRules.@Nullable Shortfall shortfall) {

        ReversalRules.Shortfall ifShort() {
            return shortfall == null ? ReversalRules.Shortfall.REFUSE : shortfall;
        }
    }

    @POST
    @TimeLimit(waits = true)
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @APIResponse(
            responseCode = "201",
            description = "Completed: the points have arrived",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DistributionView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It takes two people: the proposal, for another manager to decide about",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UndoProposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_REVERSIBLE,
        ProblemType.NOT_COMPLETED,
        ProblemType.ALREADY_REVERSED,
        ProblemType.REVERSAL_TOO_LATE,
        ProblemType.UNDO_PROPOSED_ALREADY,
        ProblemType.SHORTFALL
    })
    @Operation(
            operationId = "reverseAward",
            summary =
                    "Take an award back, to where its points came from: the giver within a day, a manager within thirty")
    public Uni<Response> reverse(
            @PathParam("id") String id,
            @BeanParam CommandHeaders headers,
            @NotNull(message = "is required") @Valid Reverse body) {
        return reversals.reverse(Params.uuid("id", id), body.reason(), body.ifShort(), headers, body);
    }

    @POST
    @Path("/check")
    @RolesAllowed({Role.MANAGER, Role.LEAD})
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_REVERSIBLE,
        ProblemType.NOT_COMPLETED,
        ProblemType.ALREADY_REVERSED,
        ProblemType.REVERSAL_TOO_LATE,
        ProblemType.UNDO_PROPOSED_ALREADY,
        ProblemType.SHORTFALL
    })
    @Operation(
            operationId = "checkReversal",
            summary = "Check a reversal: what would be taken, out of whose wallet, and where it would go")
    public Uni<ReversalCheck> check(@PathParam("id") String id, @NotNull(message = "is required") @Valid Reverse body) {
        return reversals.check(Params.uuid("id", id), body.reason(), body.ifShort());
    }
}
