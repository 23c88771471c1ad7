package io.points.audit;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
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

    private static final String TRACE_ID = "^[0-9a-f]{32}$";
    private static final Pattern TRACE_IDS = Pattern.compile(TRACE_ID);

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
                            description = "Id of the object that changed, such as a distribution's",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_TYPE,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("subject")
                    @PlainText(required = false, max = LONGEST_TYPE)
                    @Nullable
                    String subject,
            @Parameter(
                            description = "Subject of the token of whoever caused it",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_TYPE,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("actor_id")
                    @PlainText(required = false, max = LONGEST_TYPE)
                    @Nullable
                    String actorId,
            @Parameter(
                            description = "W3C trace id of the request behind it",
                            schema = @Schema(type = SchemaType.STRING, pattern = TRACE_ID))
                    @QueryParam("trace_id")
                    @Nullable
                    String traceId,
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
                subject,
                actorId,
                traceId(traceId),
                Params.optionalTime("from", from),
                Params.optionalTime("to", to));
        var page = PageRequest.of(limit, cursor);
        return AuditRecord.newestFirst(filter, page.afterNumber(), page.fetch())
                .map(records -> Page.of(records, page, record -> Long.toString(record.sequence), RecordView::of));
    }

    @GET
    @Path("/records/{event_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getAuditRecord", summary = "The record of an event")
    public Uni<RecordView> record(@PathParam("event_id") String eventId) {
        return AuditRecord.of(Params.uuid("event_id", eventId)).map(record -> {
            if (record == null) {
                throw Problem.notFound("record").exception();
            }
            return RecordView.of(record);
        });
    }

    private static @Nullable String traceId(@Nullable String text) {
        if (text != null && !TRACE_IDS.matcher(text).matches()) {
            throw Problem.badRequest("trace_id", "must be 32 hexadecimal digits in lower case")
                    .exception();
        }
        return text;
    }
}
