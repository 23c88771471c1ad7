package io.points.distribution.batch;

import io.points.distribution.saga.Batch;
import io.points.distribution.saga.BatchIntake;
import io.points.http.Caller;
import io.points.http.Idempotency;
import io.points.http.InTime;
import io.points.http.Manners;
import io.points.http.Page;
import io.points.http.PageRequest;
import io.points.http.Params;
import io.points.http.Problem;
import io.points.http.ProblemType;
import io.points.http.Refuses;
import io.points.http.Role;
import io.points.http.TimeLimit;
import io.points.messaging.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Awards from the pool to up to 10,000 receivers in one request, as JSON or CSV. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/award-points/batch")
@RolesAllowed(Role.MANAGER)
class BatchResource {

    private static final String CSV = "text/csv";

    private final BatchIntake intake;
    private final BatchOutcomes outcomes;
    private final BatchViews views;
    private final Idempotency idempotency;
    private final Caller caller;

    BatchResource(
            BatchIntake intake, BatchOutcomes outcomes, BatchViews views, Idempotency idempotency, Caller caller) {
        this.intake = intake;
        this.outcomes = outcomes;
        this.views = views;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @TimeLimit(waits = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(
            responseCode = "201",
            description = "It is over: somebody was awarded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Of a dry run: who would be refused, and whether the pool would do",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchCheck.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_UNKNOWN,
        ProblemType.INVALID_AMOUNT,
        ProblemType.DEADLINE_PASSED,
        ProblemType.RECEIVER_NOT_ELIGIBLE
    })
    @Operation(
            operationId = "awardBatch",
            summary = "Award many employees from the pool",
            description = "Also as text/csv with the header to_user_id,amount,description and the mode in the query.")
    public Uni<Response> award(
            @BeanParam Manners manners,
            @Parameter(description = "true: checks everything and moves nothing") @QueryParam("dry_run") @Nullable
                    String dryRun,
            @QueryParam("mode") @Nullable String mode,
            @NotNull(message = "is required") @Valid AwardBatch body) {
        if (mode != null) {
            throw Problem.badRequest("mode", "stands in the body of a batch in JSON")
                    .exception();
        }
        return award(body.mode(), body.description(), body.rows(), Params.flag("dry_run", dryRun), manners, body);
    }

    @POST
    @TimeLimit(waits = true)
    @Consumes(CSV)
    @APIResponse(
            responseCode = "201",
            description = "It is over: somebody was awarded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Of a dry run: who would be refused, and whether the pool would do",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BatchCheck.class)))
    @Refuses({
        ProblemType.INSUFFICIENT_POOL_BALANCE,
        ProblemType.TENANT_SUSPENDED,
        ProblemType.TENANT_UNKNOWN,
        ProblemType.INVALID_AMOUNT,
        ProblemType.DEADLINE_PASSED,
        ProblemType.RECEIVER_NOT_ELIGIBLE
    })
    @Operation(operationId = "awardBatchFromCsv", summary = "Award many employees from the pool")
    public Uni<Response> awardFromCsv(
            @BeanParam Manners manners,
            @QueryParam("dry_run") @Nullable String dryRun,
            @QueryParam("mode") @Nullable String mode,
            byte[] csv) {
        var how = Params.optionalWord("mode", mode, Batch.Mode.class);
        if (how == null) {
            throw Problem.badRequest("mode", "is required: all_or_nothing or each")
                    .exception();
        }
        var rows = CsvRows.read(csv);
        return award(how, null, rows, Params.flag("dry_run", dryRun), manners, new CsvBatch(how, rows));
    }

    /** What the Idempotency-Key of a CSV stands for. */
    record CsvBatch(Batch.Mode mode, List<Row> rows) {}

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getBatch", summary = "How far a batch has come")
    public Uni<BatchView> read(@PathParam("id") String id) {
        return views.find(caller.tenantId(), Params.uuid("id", id)).map(BatchOutcomes::orNotFound);
    }

    @GET
    @Path("/{id}/receivers")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "listBatchReceivers",
            summary = "What has become of each receiver, in the order of the lines")
    public Uni<Page<ReceiverView>> receivers(
            @PathParam("id") String id,
            @Parameter(description = "Receivers in one state", schema = @Schema(implementation = Standing.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") @Nullable String cursor) {
        var tenant = caller.tenantId();
        var batch = Params.uuid("id", id);
        var standing = Params.optionalWord("state", state, Standing.class);
        var page = PageRequest.of(limit, cursor);
        return views.find(tenant, batch)
                .map(BatchOutcomes::orNotFound)
                .chain(() -> views.receivers(tenant, batch, standing, page));
    }

    private Uni<Response> award(
            Batch.Mode mode,
            @Nullable String description,
            List<Row> rows,
            boolean dryRun,
            Manners manners,
            Object body) {
        var faults = BatchRules.faults(rows);
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var batch = batch(mode, description, rows);
        if (dryRun) {
            return InTime.orFail(check(batch)).map(check -> Response.ok(check).build());
        }
        var key = idempotency.key(
                manners.idempotencyKey,
                batch.tenantId().toString(),
                batch.fromUserId(),
                "POST",
                manners.uri.getPath(),
                body);
        return outcomes.respond(batch.tenantId(), manners.prefer, intake.take(batch, key));
    }

    private Uni<BatchCheck> check(Batch batch) {
        return intake.check(batch).chain(refused -> views.poolBalance(batch.tenantId())
                .map(balance -> BatchCheck.of(batch, refused, balance)));
    }

    private Batch batch(Batch.Mode mode, @Nullable String description, List<Row> rows) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var lines = rows.stream()
                .map(row ->
                        new Batch.Line(row.number(), row.toUserId(), row.amount(), row.description(), Ids.next(now)))
                .toList();
        UUID id = Ids.next(now);
        return new Batch(id, now, caller.tenantId(), mode, caller.id(), description, lines, caller.cause());
    }
}
