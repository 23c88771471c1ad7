package io.points.distribution.batch;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What a batch of awards would come to. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/award-points/batch/check")
@RolesAllowed(Role.MANAGER)
class BatchCheckResource {

    private final BatchService batches;

    BatchCheckResource(BatchService batches) {
        this.batches = batches;
    }

    @POST
    @Refuses({ProblemType.NOT_FOUND, ProblemType.NOT_YOUR_DEPARTMENT, ProblemType.DEPARTMENT_CLOSED})
    @Operation(
            operationId = "checkBatch",
            summary =
                    "Check a batch: who would be refused, and whether the pool balance, or what the department holds, suffices")
    public Uni<BatchCheck> check(@NotNull(message = "is required") @Valid AwardBatch body) {
        return batches.check(body.mode(), body.description(), body.departmentId(), body.rows());
    }
}
