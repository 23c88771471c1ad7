package io.points.allocation.schedule;

import io.points.contract.ScheduleState;
import io.points.platform.outbox.Transactions;
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
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Schedules by which the platform admin has points allocated. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/schedules")
@RolesAllowed(Role.PLATFORM_ADMIN)
class ScheduleResource {

    private static final int USUAL_PERIODS = 6;
    private static final int MOST_PERIODS = 60;

    private final Transactions transactions;
    private final ScheduleService schedules;
    private final ScheduleViews views;
    private final IdempotentRequests requests;
    private final Idempotency idempotency;
    private final Caller caller;

    ScheduleResource(
            Transactions transactions,
            ScheduleService schedules,
            ScheduleViews views,
            IdempotentRequests requests,
            Idempotency idempotency,
            Caller caller) {
        this.transactions = transactions;
        this.schedules = schedules;
        this.views = views;
        this.requests = requests;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.INVALID_SCHEDULE, ProblemType.CURRENCY_MISMATCH})
    @Sends(Sends.LOCATION)
    @Operation(
            operationId = "makeSchedule",
            summary = "Have points allocated to a tenant again and again",
            description = "The first period is the first that falls due from now on.")
    public Uni<Response> make(
            @BeanParam Repeatable request, @NotNull(message = "is required") @Valid MakeSchedule body) {
        var by = caller.actor();
        return requests.ofPlatformDeciding(request, body, tx -> schedules
                        .make(tx, body, by)
                        .map(made -> idempotency.answer(201, made).naming(made.scheduleId())))
                .map(ScheduleResource::located);
    }

    private static Response located(StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create("/api/platform/schedules/" + outcome.resource()));
        }
        return response.build();
    }

    @GET
    @Operation(operationId = "listSchedules", summary = "The schedules, newest first")
    public Uni<Page<ScheduleView>> list(
            @Parameter(description = "Those of one tenant") @QueryParam("tenant_id") @Nullable String tenantId,
            @Parameter(description = "Those in one state", schema = @Schema(implementation = ScheduleState.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return views.page(
                Params.optionalUuid("tenant_id", tenantId),
                Params.optionalWord("state", state, ScheduleState.class),
                PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.ETAG)
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Operation(operationId = "getSchedule", summary = "Read a schedule")
    public Uni<Response> read(@PathParam("id") String id) {
        return views.find(Params.uuid("id", id)).map(ScheduleResource::tagged);
    }

    @PUT
    @Path("/{id}")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.SCHEDULE_ENDED,
        ProblemType.INVALID_SCHEDULE,
        ProblemType.CURRENCY_MISMATCH
    })
    @Sends(Sends.ETAG)
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Operation(
            operationId = "changeSchedule",
            summary = "Change what a schedule allocates, and when",
            description =
                    "It holds for periods that have not run. A period whose day is moved to one that is over falls due at once.")
    public Uni<Response> change(
            @PathParam("id") String id,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid ScheduleUpdate body) {
        var schedule = Params.uuid("id", id);
        var condition = IfMatch.in(headers);
        var by = caller.actor();
        return transactions
                .write(tx -> schedules.change(tx, schedule, body, condition, by))
                .map(ScheduleResource::tagged);
    }

    private static Response tagged(ScheduleView schedule) {
        return Response.ok(schedule)
                .header(HttpHeaders.ETAG, IfMatch.tag(schedule.revision()))
                .build();
    }

    @POST
    @Path("/{id}/pause")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.SCHEDULE_ENDED})
    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule: what falls due meanwhile is not made up")
    public Uni<Response> pause(@BeanParam Repeatable request, @PathParam("id") String id) {
        var schedule = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> schedules.pause(tx, schedule, by));
    }

    @POST
    @Path("/{id}/resume")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.SCHEDULE_ENDED})
    @Operation(
            operationId = "resumeSchedule",
            summary = "Let a paused schedule go on with the first period that falls due from now on")
    public Uni<Response> resume(@BeanParam Repeatable request, @PathParam("id") String id) {
        var schedule = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> schedules.resume(tx, schedule, by));
    }

    @POST
    @Path("/{id}/end")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleView.class)))
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "endSchedule", summary = "End a schedule for ever")
    public Uni<Response> end(@BeanParam Repeatable request, @PathParam("id") String id) {
        var schedule = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> schedules.end(tx, schedule, by));
    }

    @POST
    @Path("/{id}/preview")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "previewSchedule",
            summary = "The next periods of a schedule, and when they fall due; nothing is changed",
            description = "Of a paused one those that it would run if it were resumed now; of one that has ended none.")
    public Uni<PeriodPreview> preview(
            @PathParam("id") String id,
            @Parameter(
                            description = "How many periods at most",
                            schema =
                                    @Schema(
                                            implementation = Integer.class,
                                            minimum = "1",
                                            maximum = "" + MOST_PERIODS,
                                            defaultValue = "" + USUAL_PERIODS))
                    @QueryParam("periods")
                    @Nullable
                    String periods) {
        return views.preview(Params.uuid("id", id), periods(periods));
    }

    private static int periods(@Nullable String text) {
        var number = text == null ? Long.valueOf(USUAL_PERIODS) : Params.number(text, 1, MOST_PERIODS);
        if (number == null) {
            throw Problem.badRequest("periods", "must be a whole number from 1 to " + MOST_PERIODS)
                    .exception();
        }
        return number.intValue();
    }

    @GET
    @Path("/{id}/runs")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "listScheduleRuns",
            summary = "What a schedule has run, and what became of it, newest first")
    public Uni<Page<ScheduleRun>> runs(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return views.runs(Params.uuid("id", id), PageRequest.of(limit, cursor));
    }

    @POST
    @Path("/{id}/runs/{period}/retry")
    @APIResponse(
            responseCode = "200",
            description = "Tried again, and done or refused; the same for each retry of the request",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleRun.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.RUN_DONE})
    @Operation(
            operationId = "retryScheduleRun",
            summary = "Try a period again that was refused or missed, as the schedule is now")
    public Uni<Response> retry(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @Parameter(
                            description = "The period's label, such as 2026-11",
                            schema = @Schema(implementation = String.class, pattern = Period.LABEL))
                    @PathParam("period")
                    String period) {
        var schedule = Params.uuid("id", id);
        var wanted = Period.labelled(period).orElseThrow(() -> Problem.badRequest(
                        "period", "must be a period such as 2026-11-28, 2026-W48, 2026-11, 2026-Q4 or 2026")
                .exception());
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> schedules.retry(tx, schedule, wanted, by));
    }
}
