package io.points.allocation.alert;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Alerts, for the platform admin. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/alerts")
@RolesAllowed(Role.PLATFORM_ADMIN)
class AlertResource {

    private final Alerts alerts;
    private final AlertList list;
    private final IdempotentRequests requests;
    private final Caller caller;

    AlertResource(Alerts alerts, AlertList list, IdempotentRequests requests, Caller caller) {
        this.alerts = alerts;
        this.list = list;
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * Until when it is not to be seen.
     *
     * @param until an RFC 3339 time that lies ahead
     */
    @Schema(name = "AlertSnooze")
    record Snooze(
            @NotNull(message = "is required") @Schema(format = "date-time", pattern = Params.TIME)
            String until) {}

    @GET
    @Operation(
            operationId = "listBusinessAlerts",
            summary = "Alerts of all tenants and of the platform itself, or of one tenant, newest first")
    public Uni<Page<Alert>> list(
            @Parameter(description = "Alerts about one tenant; all if absent") @QueryParam("tenant_id") @Nullable
                    String tenantId,
            @Parameter(description = "Alerts of one kind", schema = @Schema(implementation = AlertKind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Parameter(description = "Alerts in one state", schema = @Schema(implementation = AlertState.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return list.page(
                Params.optionalUuid("tenant_id", tenantId), new AlertList.Question(kind, state, limit, cursor));
    }

    @POST
    @Path("/{id}/acknowledge")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Alert.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.ALERT_SETTLED})
    @Operation(
            operationId = "acknowledgeBusinessAlert",
            summary = "Acknowledge an alert; its cause raises no further alert")
    public Uni<Response> acknowledge(@BeanParam Repeatable request, @PathParam("id") String id) {
        var alert = Params.uuid("id", id);
        var by = caller.actor();
        return requests.ofPlatform(request, null, tx -> alerts.acknowledge(tx, alert, by));
    }

    @POST
    @Path("/{id}/snooze")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Alert.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.ALERT_SETTLED})
    @Operation(operationId = "snoozeBusinessAlert", summary = "Snooze an alert; it reopens at the given time")
    public Uni<Response> snooze(
            @BeanParam Repeatable request,
            @PathParam("id") String id,
            @NotNull(message = "is required") @Valid Snooze body) {
        var alert = Params.uuid("id", id);
        var until = Params.time("until", body.until());
        var by = caller.actor();
        return requests.ofPlatform(request, body, tx -> alerts.snooze(tx, alert, until, by));
    }
}
