package io.points.distribution.batch;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Batches of awards as CSV. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/award-points/batch/csv")
@Consumes(BatchCsvResource.CSV)
@RolesAllowed(Role.MANAGER)
class BatchCsvResource {

    static final String CSV = "text/csv";

    private static final String MODE = "What becomes of the rest if one receiver cannot be awarded";
    private static final String DEPARTMENT = "Out of whose envelope; out of none if it is absent";
    private static final String FORM = "UTF-8 as RFC 4180 has it, with the header to_user_id,amount,description";

    private final BatchService batches;

    BatchCsvResource(BatchService batches) {
        this.batches = batches;
    }

    @POST
    @TimeLimit(waits = true)
    @APIResponse(
            responseCode = "201",
            description = "It has ended: at least one receiver was awarded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchView.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.INSUFFICIENT_DEPARTMENT_BALANCE,
        ProblemType.NOT_FOUND,
        ProblemType.NOT_YOUR_DEPARTMENT,
        ProblemType.DEPARTMENT_CLOSED,
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
        ProblemType.TOO_MANY_HELD,
        ProblemType.LIMIT_EXCEEDED
    })
    @Operation(
            operationId = "awardBatchFromCsv",
            summary = "Award many employees from the pool, as CSV",
            description = FORM)
    public Uni<Response> award(
            @BeanParam CommandHeaders headers,
            @Parameter(description = MODE, required = true, schema = @Schema(implementation = Batch.Mode.class))
                    @QueryParam("mode")
                    @Nullable
                    String mode,
            @Parameter(description = DEPARTMENT) @QueryParam("department_id") @Nullable String departmentId,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = String.class)))
                    byte[] csv) {
        return batches.awardCsv(
                BatchService.mode(mode), Params.optionalUuid("department_id", departmentId), csv, headers);
    }

    @POST
    @Path("/check")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.NOT_YOUR_DEPARTMENT, ProblemType.DEPARTMENT_CLOSED})
    @Operation(
            operationId = "checkBatchFromCsv",
            summary =
                    "Check a batch as CSV: who would be refused, and whether the pool balance, or what the department holds, suffices",
            description = FORM)
    public Uni<BatchCheck> check(
            @Parameter(description = MODE, required = true, schema = @Schema(implementation = Batch.Mode.class))
                    @QueryParam("mode")
                    @Nullable
                    String mode,
            @Parameter(description = DEPARTMENT) @QueryParam("department_id") @Nullable String departmentId,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = String.class)))
                    byte[] csv) {
        return batches.check(
                BatchService.mode(mode), null, Params.optionalUuid("department_id", departmentId), CsvRows.read(csv));
    }
}
