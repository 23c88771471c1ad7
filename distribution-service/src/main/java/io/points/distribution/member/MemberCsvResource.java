package io.points.distribution.member;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Repeatable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Many members as CSV: all of them are enrolled or changed, or nobody is. */
@Cancellable(false)
@TimeLimit
@Path("/api/members/batch/csv")
@Consumes(MemberCsvResource.CSV)
@RolesAllowed(Role.MANAGER)
class MemberCsvResource {

    static final String CSV = "text/csv";

    private final MemberBatches batches;

    MemberCsvResource(MemberBatches batches) {
        this.batches = batches;
    }

    @POST
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberBatches.Result.class)))
    @Operation(
            operationId = "enrolMembersFromCsv",
            summary = "Enrol or change many members, as CSV",
            description =
                    "UTF-8 as RFC 4180 has it, with the header user_id,role,active,display_name,email; an empty cell says nothing."
                            + " What is not said of a member stays as it is; somebody new is active.")
    public Uni<Response> put(
            @BeanParam Repeatable request,
            @Parameter(
                            description = "true: checks everything and changes nothing",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("dry_run")
                    @Nullable
                    String dryRun,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = String.class)))
                    byte[] csv) {
        return batches.put(csv, request, dryRun);
    }
}
