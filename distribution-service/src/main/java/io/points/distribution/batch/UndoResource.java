package io.points.distribution.batch;

import io.points.distribution.approval.UndoMode;
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

/** Takes the awards of a whole batch back, beside what {@link BatchResource} does with it. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/award-points/batch")
@RolesAllowed(Role.MANAGER)
class UndoResource {

    private final UndoService undos;

    UndoResource(UndoService undos) {
        this.undos = undos;
    }

    @Schema(name = "BatchUndoRequest")
    record Undo(
            @PlainText String reason,
            @NotNull(message = "is required") UndoMode mode) {}

    @POST
    @TimeLimit(waits = true)
    @Path("/{id}/undo")
    @APIResponse(
            responseCode = "201",
            description = "It has ended: the points have left the wallets, and go to the pool",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It takes two people: the proposal, for another manager to decide about",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UndoProposal.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_COMPLETED,
        ProblemType.ALREADY_UNDONE,
        ProblemType.REVERSAL_TOO_LATE,
        ProblemType.UNDO_PROPOSED_ALREADY,
        ProblemType.SHORTFALL
    })
    @Operation(
            operationId = "undoBatch",
            summary = "Take the awards of a batch back, within thirty days: all of them, or what is there",
            description = "Awards that were reversed already are left out. Each of the others is reversed by itself.")
    public Uni<Response> undo(
            @PathParam("id") String id,
            @BeanParam CommandHeaders headers,
            @NotNull(message = "is required") @Valid Undo body) {
        return undos.undo(Params.uuid("id", id), body.mode(), body.reason(), headers, body);
    }

    @POST
    @Path("/{id}/undo/check")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.NOT_COMPLETED,
        ProblemType.ALREADY_UNDONE,
        ProblemType.REVERSAL_TOO_LATE,
        ProblemType.UNDO_PROPOSED_ALREADY,
        ProblemType.SHORTFALL
    })
    @Operation(
            operationId = "checkBatchUndo",
            summary = "Check the undo of a batch: how much would be taken, and from whom too little is there")
    public Uni<UndoCheck> check(@PathParam("id") String id, @NotNull(message = "is required") @Valid Undo body) {
        return undos.check(Params.uuid("id", id), body.mode(), body.reason());
    }
}
