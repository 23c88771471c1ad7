package io.points.audit.evidence;

import io.points.contract.Ids;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** All trees at a glance: whose newest checkpoint is old, is seen here. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit/trees")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class TreeResource {

    private final Checkpoints checkpoints;

    TreeResource(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @GET
    @Operation(
            operationId = "listAuditTrees",
            summary = "Each tenant's tree with its newest checkpoint, by tenant id; that of the platform is first")
    public Uni<Page<TreeView>> list(
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var page = PageRequest.of(limit, cursor);
        return checkpoints
                .trees(page.position(TreeResource::tenant), page.fetch())
                .map(found -> Page.of(found, page, it -> it.tenantId().toString(), it -> it));
    }

    /** The platform's id is one here. */
    private static UUID tenant(String text) {
        var id = Ids.parseOrNil(text);
        if (id == null) {
            throw new IllegalArgumentException(text);
        }
        return id;
    }
}
