package io.points.allocation.event;

import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.admission.Held;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.events.HintStreams.Watcher;
import io.points.platform.web.events.WatchTime;
import io.points.platform.web.input.Params;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** When to look again. What has changed is read by the other routes. */
@Cancellable
@TimeLimit
@Path("/api/platform/events")
class EventResource {

    /** Rows of a page of tenants. */
    private static final int MOST_TENANTS = 50;

    private static final String UUIDS =
            "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(,[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}){0,49}$";

    private final Events events;
    private final Caller caller;

    EventResource(Events events, Caller caller) {
        this.events = events;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Role.PLATFORM_ADMIN)
    @Sends(Sends.CACHE_CONTROL)
    @Operation(
            operationId = "watchPlatformEvents",
            summary = "A stream of hints that something of the platform has changed, as server-sent events",
            description =
                    "The data of an event named changed is a JSON object: under alerts, adjustments, proposals and, for each tenant that is named,"
                            + " tenant: and its id, an opaque string that is another one once that has changed. The first event has all of"
                            + " them, each later one those that changed. See docs/api.md.")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events: WHATWG HTML, 9.2",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    public Multi<OutboundSseEvent> watch(
            @Parameter(
                            description = "Ids of tenants to be told of as well, parted by commas, at most 50",
                            schema = @Schema(type = SchemaType.STRING, pattern = UUIDS))
                    @QueryParam("tenants")
                    @Nullable
                    String tenants,
            @Parameter(
                            description = WatchTime.DESCRIPTION,
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int32",
                                            minimum = "0",
                                            maximum = "600",
                                            defaultValue = "600"))
                    @QueryParam("seconds")
                    @Nullable
                    String seconds,
            @Context Sse sse,
            @Context RoutingContext request) {
        var longest = WatchTime.of(seconds, request.request().method());
        var viewer = new Viewer(Params.optionalUuids("tenants", tenants, MOST_TENANTS));
        var watcher = new Watcher<>(null, caller.id().toString(), caller.expiry(), viewer);
        // It would keep the place of a request that waits for its answer; it has one of its own.
        Held.giveBack(request);
        var stream = events.streams().open(watcher, longest, sse, end -> Held.untilAnswered(request, end));
        request.response().putHeader(Sends.CACHE_CONTROL, "no-store");
        return stream;
    }
}
