package io.points.allocation.stats;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the platform admin sees first. */
@Cancellable(false)
@TimeLimit
@Path("/api/platform/summary")
@RolesAllowed(Role.PLATFORM_ADMIN)
class PlatformSummaryResource {

    private final PlatformSummaries summaries;

    PlatformSummaryResource(PlatformSummaries summaries) {
        this.summaries = summaries;
    }

    @GET
    @Operation(
            operationId = "getPlatformSummary",
            summary = "All tenants in numbers: what their pools hold, what was moved, and what waits for somebody")
    public Uni<PlatformSummary> read() {
        return summaries.sumUp();
    }
}
