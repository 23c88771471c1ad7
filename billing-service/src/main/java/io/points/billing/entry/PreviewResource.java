package io.points.billing.entry;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What would be billed, for whoever is about to cause it. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/preview")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.FINANCE, Role.PLATFORM_ADMIN})
@Tag(name = "Billing")
class PreviewResource {

    private static final long MOST_POINTS = 1_000_000_000_000L;

    private final ClawbackPreviews previews;

    PreviewResource(ClawbackPreviews previews) {
        this.previews = previews;
    }

    @GET
    @Path("/clawback")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "previewClawback",
            summary = "Which purchases a clawback would credit, and with how much; nothing is billed")
    public Uni<ClawbackPreview> clawback(
            @Parameter(required = true) @QueryParam("tenant_id") @Nullable String tenantId,
            @Parameter(
                            required = true,
                            description = "How many points would be clawed back",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "1",
                                            maximum = "1000000000000"))
                    @QueryParam("points")
                    @Nullable
                    String points) {
        var tenant = Params.uuid("tenant_id", tenantId);
        var wanted = points == null ? null : Params.number(points, 1, MOST_POINTS);
        if (wanted == null) {
            throw Problem.badRequest("points", "must be a whole number from 1 to " + MOST_POINTS)
                    .exception();
        }
        return previews.of(tenant, wanted);
    }
}
