package io.points.audit;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What auditors read. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class AuditResource {

    private static final int LONGEST_TYPE = 500;

    @GET
    @Path("/records")
    @Operation(operationId = "listAuditRecords", summary = "Audit records of one tenant or all, newest first")
    public Uni<Page<RecordView>> records(
            @Parameter(
                            description = "Records of one tenant, the nil UUID for the platform; all if absent",
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId,
            @Parameter(
                            description = "Type of the event, such as PointsAllocated",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_TYPE,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("type")
                    @PlainText(required = false, max = LONGEST_TYPE)
                    @Nullable
                    String type,
            @Parameter(
                            description = "Earliest time of the event, inclusive",
                            schema = @Schema(implementation = Instant.class))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Latest time of the event, exclusive",
                            schema = @Schema(implementation = Instant.class))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var filter = new AuditRecord.Filter(
                Params.optionalTenantOrPlatform("tenant_id", tenantId),
                type,
                Params.optionalTime("from", from),
                Params.optionalTime("to", to));
        var page = PageRequest.of(limit, cursor);
        return AuditRecord.newestFirst(filter, page.afterNumber(), page.fetch())
                .map(records -> Page.of(records, page, record -> Long.toString(record.sequence), RecordView::of));
    }
}
