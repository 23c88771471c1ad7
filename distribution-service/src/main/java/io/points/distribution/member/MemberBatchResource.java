package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import io.points.http.Caller;
import io.points.http.IdempotentRequests;
import io.points.http.Params;
import io.points.http.Problem;
import io.points.http.Problem.FieldError;
import io.points.http.Repeatable;
import io.points.http.Role;
import io.points.http.TimeLimit;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Up to 10,000 members in one request, as JSON or CSV: all of them are enrolled or changed, or nobody is. */
@Cancellable(false)
@TimeLimit
@Path("/api/members/batch")
@RolesAllowed(Role.MANAGER)
class MemberBatchResource {

    private final Members members;
    private final MemberTexts texts;
    private final IdempotentRequests requests;
    private final Caller caller;

    MemberBatchResource(Members members, MemberTexts texts, IdempotentRequests requests, Caller caller) {
        this.members = members;
        this.texts = texts;
        this.requests = requests;
        this.caller = caller;
    }

    /** What came of it, or of a dry run: what would come of it. */
    @Schema(name = "MemberEnrolmentResult")
    record Result(
            @Schema(description = "How many the request names")
            int members,

            @Schema(description = "How many of them are new")
            int enrolled,

            @Schema(description = "How many of them were there, and are not what they were")
            int changed,

            @Schema(description = "How many of them were there already as they are asked for")
            int unchanged) {
        static Result of(Members.Counts counts) {
            return new Result(
                    counts.enrolled() + counts.changed() + counts.unchanged(),
                    counts.enrolled(),
                    counts.changed(),
                    counts.unchanged());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each repeat",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Result.class)))
    @Operation(
            operationId = "enrolMembers",
            summary = "Enrol or change many members",
            description =
                    "Also as text/csv with the header user_id,role,active,display_name,email; an empty cell says nothing."
                            + " What is not said of a member stays as it is; somebody new is active.")
    public Uni<Response> put(
            @BeanParam Repeatable request,
            @Parameter(
                            description = "true: checks everything and changes nothing",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("dry_run")
                    @Nullable
                    String dryRun,
            @NotNull(message = "is required") @Valid EnrolMembers body) {
        var faults = new ArrayList<FieldError>();
        return put(body.rows(faults), faults, request, dryRun, body);
    }

    @POST
    @Consumes("text/csv")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each repeat",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Result.class)))
    @Operation(operationId = "enrolMembersFromCsv", summary = "Enrol or change many members")
    public Uni<Response> putFromCsv(
            @BeanParam Repeatable request, @QueryParam("dry_run") @Nullable String dryRun, byte[] csv) {
        var faults = new ArrayList<FieldError>();
        var rows = MemberCsv.read(csv, faults);
        return put(rows, faults, request, dryRun, rows);
    }

    private Uni<Response> put(
            List<MemberRow> rows, List<FieldError> faults, Repeatable request, @Nullable String dryRun, Object body) {
        if (faults.isEmpty()) {
            faults.addAll(MemberBatchRules.faults(rows));
        }
        rows.forEach(row -> faults.addAll(
                texts.faults(row.place(), row.wish().displayName(), row.wish().email())));
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var tenant = caller.tenantId();
        var wishes = wishes(rows);
        if (Params.flag("dry_run", dryRun)) {
            return members.check(tenant, wishes)
                    .map(counts -> Response.ok(Result.of(counts)).build());
        }
        var by = caller.cause();
        return requests.ofTenant(
                tenant, request, body, tx -> members.put(tx, tenant, wishes, by).map(Result::of));
    }

    private static Map<UUID, Wish> wishes(List<MemberRow> rows) {
        var wishes = new LinkedHashMap<UUID, Wish>();
        rows.forEach(row -> wishes.put(row.userId(), row.wish()));
        return wishes;
    }
}
