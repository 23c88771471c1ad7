package io.points.distribution.batch;

import io.points.distribution.member.People;
import io.points.distribution.member.PeopleExpansion;
import io.points.distribution.member.PeoplePage;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Awards from the pool to up to 10,000 receivers in one request. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/award-points/batch")
@RolesAllowed(Role.MANAGER)
class BatchResource {

    private static final int MOST_BATCHES = 20;

    private final BatchService batches;
    private final BatchViews views;
    private final People people;
    private final Caller caller;

    BatchResource(BatchService batches, BatchViews views, People people, Caller caller) {
        this.batches = batches;
        this.views = views;
        this.people = people;
        this.caller = caller;
    }

    @POST
    @TimeLimit(waits = true)
    @Consumes(MediaType.APPLICATION_JSON)
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
            operationId = "awardBatch",
            summary = "Award many employees from the pool",
            description =
                    "Still taken here, for those who have always done so: CSV as awardBatchFromCsv takes it, and ?dry_run=true, which"
                            + " answers as checkBatch does.")
    public Uni<Response> award(
            @BeanParam CommandHeaders headers,
            @Parameter(hidden = true) @QueryParam("dry_run") @Nullable String dryRun,
            @Parameter(hidden = true) @QueryParam("mode") @Nullable String mode,
            @NotNull(message = "is required") @Valid AwardBatch body) {
        if (mode != null) {
            throw Problem.badRequest("mode", "must be in the body of a JSON batch")
                    .exception();
        }
        return Params.flag("dry_run", dryRun)
                ? batches.check(body.mode(), body.description(), body.departmentId(), body.rows())
                        .map(check -> Response.ok(check).build())
                : batches.award(body.mode(), body.description(), body.departmentId(), body.rows(), headers, body);
    }

    /** As {@link BatchCsvResource} takes it: what was here before it had a route of its own. */
    @POST
    @TimeLimit(waits = true)
    @Consumes(BatchCsvResource.CSV)
    @Operation(hidden = true)
    public Uni<Response> awardFromCsv(
            @BeanParam CommandHeaders headers,
            @QueryParam("dry_run") @Nullable String dryRun,
            @QueryParam("mode") @Nullable String mode,
            byte[] csv) {
        var how = BatchService.mode(mode);
        return Params.flag("dry_run", dryRun)
                ? batches.check(how, null, null, CsvRows.read(csv))
                        .map(check -> Response.ok(check).build())
                : batches.awardCsv(how, null, csv, headers);
    }

    @GET
    @Operation(
            operationId = "listBatches",
            summary = "The tenant's batches, newest first",
            description =
                    "The lines of each are counted, so pages are short. One that is narrowed to a state shows which of limit batches"
                            + " are in it, so it may have fewer items, or none: go on while there is a next_cursor.")
    public Uni<PeoplePage<BatchView>> list(
            @Parameter(description = "Batches in one state", schema = @Schema(implementation = BatchStateFilter.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = "Earliest time, inclusive", schema = @Schema(implementation = Instant.class))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Latest time, exclusive", schema = @Schema(implementation = Instant.class))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @Parameter(schema = @Schema(maximum = "" + MOST_BATCHES)) @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var tenant = caller.tenantId();
        var withPeople = People.areAskedFor(expand);
        return views.page(
                        tenant,
                        Params.optionalWord("state", state, BatchStateFilter.class),
                        Params.optionalTime("from", from),
                        Params.optionalTime("to", to),
                        PageRequest.ofShort(limit, cursor, MOST_BATCHES))
                .chain(page -> people.beside(page, tenant, withPeople, batch -> Stream.of(batch.requestedBy())));
    }

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getBatch", summary = "The progress of a batch")
    public Uni<BatchView> read(@PathParam("id") String id) {
        return views.find(caller.tenantId(), Params.uuid("id", id)).map(BatchResponses::orNotFound);
    }

    @GET
    @Path("/{id}/receivers")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "listBatchReceivers", summary = "The result for each receiver, in the order of the lines")
    public Uni<PeoplePage<ReceiverView>> receivers(
            @PathParam("id") String id,
            @Parameter(description = "Receivers in one state", schema = @Schema(implementation = LineStatus.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var tenant = caller.tenantId();
        var batch = Params.uuid("id", id);
        var status = Params.optionalWord("state", state, LineStatus.class);
        var withPeople = People.areAskedFor(expand);
        var page = PageRequest.of(limit, cursor);
        return views.find(tenant, batch)
                .map(BatchResponses::orNotFound)
                .chain(() -> views.receivers(tenant, batch, status, page))
                .chain(receivers ->
                        people.beside(receivers, tenant, withPeople, receiver -> Stream.of(receiver.toUserId())));
    }
}
