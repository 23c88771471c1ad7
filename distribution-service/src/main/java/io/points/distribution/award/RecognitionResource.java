package io.points.distribution.award;

import io.points.distribution.recognition.Visibility;
import io.points.distribution.saga.DistributionText;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Awards with a message. They are processed like every award. */
@Cancellable(false)
@TimeLimit
@Path("/api/recognitions")
class RecognitionResource {

    private final AwardService awards;

    RecognitionResource(AwardService awards) {
        this.awards = awards;
    }

    /**
     * @param amount 1 … 10^12 points
     * @param value name of a company value or badge
     * @param visibility public if absent
     * @param again true: it is meant, though the same was given shortly before, which a rule of the company refuses
     * @param departmentId of a manager: out of whose envelope; out of none if absent
     */
    @Schema(name = "RecognitionRequest")
    record Recognise(
            @NotNull(message = "is required") UUID toUserId,
            @PointsAmount Long amount,
            @PlainText String message,

            @PlainText(max = 100, required = false) @Nullable
            String value,

            @Nullable Visibility visibility,
            @Nullable Boolean again,

            @Nullable UUID departmentId) {}

    @POST
    @TimeLimit(waits = true)
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
            operationId = "recogniseEmployee",
            summary =
                    "Recognise an employee: a manager from the pool, a lead from their own budget, anybody from their allowance")
    public Uni<Response> recognise(
            @BeanParam CommandHeaders headers, @NotNull(message = "is required") @Valid Recognise body) {
        var visibility = body.visibility() == null ? Visibility.PUBLIC : body.visibility();
        var text = DistributionText.recognition(body.message(), body.value(), visibility);
        return awards.award(
                body.toUserId(),
                body.amount(),
                text,
                Boolean.TRUE.equals(body.again()),
                body.departmentId(),
                headers,
                body);
    }
}
