package io.points.distribution.member;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Repeatable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Up to 10,000 members in one request: all of them are enrolled or changed, or nobody is. */
@Cancellable(false)
@TimeLimit
@Path("/api/members/batch")
@RolesAllowed(Role.MANAGER)
class MemberBatchResource {

    private final MemberBatches batches;

    MemberBatchResource(MemberBatches batches) {
        this.batches = batches;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberBatches.Result.class)))
    @Operation(
            operationId = "enrolMembers",
            summary = "Enrol or change many members",
            description =
                    "What is not said of a member stays as it is; somebody new is active. Still taken here, for those who have"
                            + " always done so: CSV as enrolMembersFromCsv takes it.")
    public Uni<Response> put(
            @BeanParam Repeatable request,
            @Parameter(
                            description = "true: checks everything and changes nothing",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("dry_run")
                    @Nullable
                    String dryRun,
            @NotNull(message = "is required") @Valid EnrolMembers body) {
        return batches.put(body, request, dryRun);
    }

    /** As {@link MemberCsvResource} takes it: what was here before it had a route of its own. */
    @POST
    @Consumes(MemberCsvResource.CSV)
    @Operation(hidden = true)
    public Uni<Response> putFromCsv(
            @BeanParam Repeatable request, @QueryParam("dry_run") @Nullable String dryRun, byte[] csv) {
        return batches.put(csv, request, dryRun);
    }
}
