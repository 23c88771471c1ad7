package io.points.audit.evidence;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The log as a file. Its first line comes in time; how long the rest takes depends on how long the log is. */
@Cancellable
@TimeLimit
@Path("/api/audit/export")
@Produces(ExportResource.NDJSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class ExportResource {

    static final String NDJSON = "application/x-ndjson";

    private final Export export;

    ExportResource(Export export) {
        this.export = export;
    }

    @GET
    @APIResponse(
            responseCode = "200",
            description = "Lines, each a JSON object: see docs/audit.md",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = String.class)))
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "exportRecords",
            summary =
                    "Sealed audit records with their leaves and checkpoints, one JSON object a line: input of the verifier")
    public Multi<ExportPage> export(
            @Parameter(
                            description = "One tenant, the nil UUID for the platform; all by default",
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId,
            @Parameter(
                            description = "Index of the first record, 0 by default; of one tenant only",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
                    @QueryParam("from_index")
                    @Nullable
                    String fromIndex,
            @Parameter(
                            description =
                                    "At least the records before this index; the file ends at the next checkpoint",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @QueryParam("to_index")
                    @Nullable
                    String toIndex) {
        var tenant = Params.optionalTenantOrPlatform("tenant_id", tenantId);
        var from = Params.optionalNumber("from_index", fromIndex, 0);
        var to = Params.optionalNumber("to_index", toIndex, 1);
        if (tenant != null) {
            return export.of(tenant, from == null ? 0 : from, to);
        }
        if (from != null || to != null) {
            throw Problem.badRequest("tenant_id", "is required with from_index and to_index")
                    .exception();
        }
        return export.ofAll();
    }
}
