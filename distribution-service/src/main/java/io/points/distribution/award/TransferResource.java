package io.points.distribution.award;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Moves points between departments' envelopes, and between an envelope and what is in none. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations")
@RolesAllowed(Role.MANAGER)
class TransferResource {

    private final AwardService awards;

    TransferResource(AwardService awards) {
        this.awards = awards;
    }

    /**
     * @param fromDepartmentId out of whose envelope; what is in none if absent
     * @param toDepartmentId into whose envelope; into none if absent
     */
    @Schema(name = "TransferRequest")
    record Transfer(
            @Nullable UUID fromDepartmentId,
            @Nullable UUID toDepartmentId,
            @PointsAmount Long amount,
            @PlainText(required = false) @Nullable String description) {}

    @POST
    @TimeLimit(waits = true)
    @Path("/transfer")
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
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_CLOSING,
        ProblemType.TENANT_CLOSED,
        ProblemType.TENANT_UNKNOWN,
        ProblemType.INVALID_AMOUNT,
        ProblemType.NOT_FOUND,
        ProblemType.DEPARTMENT_CLOSED,
        ProblemType.NOT_YOUR_DEPARTMENT
    })
    @Operation(
            operationId = "transferPoints",
            summary = "Put points into a department's envelope, take them out, or move them to another one",
            description = "Within the pool: what it holds as a whole stays the same.")
    public Uni<Response> transfer(
            @BeanParam CommandHeaders headers, @NotNull(message = "is required") @Valid Transfer body) {
        if (Objects.equals(body.fromDepartmentId(), body.toDepartmentId())) {
            throw Problem.badRequest(
                            "to_department_id", "must differ from from_department_id, and one of them be given")
                    .exception();
        }
        return awards.transfer(
                body.fromDepartmentId(), body.toDepartmentId(), body.amount(), body.description(), headers, body);
    }
}
