package io.points.audit.evidence;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Signed checkpoints, to be kept outside of the system. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit/checkpoints")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class CheckpointResource {

    private final Checkpoints checkpoints;

    CheckpointResource(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @GET
    @Operation(operationId = "listCheckpoints", summary = "A tenant's checkpoints, newest first")
    public Uni<Page<CheckpointView>> list(
            @Parameter(
                            description = "The tenant; the nil UUID for the platform",
                            required = true,
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var page = PageRequest.of(limit, cursor);
        return checkpoints
                .newestFirst(Params.tenantOrPlatform("tenant_id", tenantId), page.afterNumber(), page.fetch())
                .map(found -> Page.of(found, page, it -> Long.toString(it.treeSize()), it -> it));
    }

    @GET
    @Path("/latest")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getLatestCheckpoint", summary = "A tenant's newest checkpoint")
    public Uni<CheckpointView> latest(
            @Parameter(
                            description = "The tenant; the nil UUID for the platform",
                            required = true,
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId) {
        return checkpoints.latest(Params.tenantOrPlatform("tenant_id", tenantId));
    }
}
