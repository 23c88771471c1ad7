package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.IfMatch;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The directory of the caller's tenant, kept by its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/members")
@RolesAllowed(Role.MANAGER)
class MemberResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Members members;
    private final MemberService service;
    private final MemberViews views;
    private final MemberTexts texts;
    private final Erasure erasure;
    private final Caller caller;

    MemberResource(
            Members members,
            MemberService service,
            MemberViews views,
            MemberTexts texts,
            Erasure erasure,
            Caller caller) {
        this.members = members;
        this.service = service;
        this.views = views;
        this.texts = texts;
        this.erasure = erasure;
        this.caller = caller;
    }

    /**
     * What a member shall be. What is absent stays as it is.
     *
     * @param active of somebody new: true if absent
     */
    @Schema(name = "MemberUpdate")
    record PutMember(
            @NotNull(message = "is required") MemberRole role,

            @Nullable Boolean active,

            @Schema(
                    nullable = true,
                    implementation = String.class,
                    minLength = 1,
                    maxLength = MemberTexts.LONGEST_NAME,
                    pattern = PlainText.PATTERN,
                    description = "Stays as it is if absent; null removes it")
            @Nullable
            TextUpdate displayName,

            @Schema(
                    nullable = true,
                    implementation = String.class,
                    format = "email",
                    minLength = 1,
                    maxLength = MemberTexts.LONGEST_EMAIL,
                    description = "Stays as it is if absent; null removes it")
            @Nullable
            TextUpdate email,

            @Schema(
                    nullable = true,
                    implementation = UUID.class,
                    description = "Stays as it is if absent; null for none")
            @Nullable
            IdUpdate departmentId) {

        Wish wish() {
            return new Wish(role, active, displayName, email, departmentId);
        }
    }

    @PUT
    @Path("/{user_id}")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED, ProblemType.DEPARTMENT_CLOSED})
    @Sends(Sends.ETAG)
    @Operation(
            operationId = "saveMember",
            summary = "Enrol a member, change their role, activate or deactivate them",
            description = "Omitted fields stay as they are; a new member is active.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberView.class)))
    public Uni<Response> put(
            @PathParam("user_id") String userId,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid PutMember body) {
        var user = Params.uuid("user_id", userId);
        var condition = IfMatch.in(headers);
        require(body.displayName(), body.email());
        return saved(user, service.put(caller.tenantId(), user, body.wish(), condition, caller.actor()));
    }

    @PATCH
    @Path("/{user_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED, ProblemType.DEPARTMENT_CLOSED})
    @Sends(Sends.ETAG)
    @Operation(
            operationId = "changeMember",
            summary = "Change something of a member: a JSON merge patch (RFC 7396)",
            description = "Omitted fields stay as they are, null removes a name or an address. Taken as " + MERGE_PATCH
                    + " too.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberView.class)))
    public Uni<Response> patch(
            @PathParam("user_id") String userId,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid MemberPatch body) {
        var user = Params.uuid("user_id", userId);
        var condition = IfMatch.in(headers);
        require(body.displayName(), body.email());
        return saved(user, service.patch(caller.tenantId(), user, body.wish(), condition, caller.actor()));
    }

    /** The same, by the media type that RFC 7396 has for it. */
    @PATCH
    @Path("/{user_id}")
    @Consumes(MERGE_PATCH)
    @Operation(hidden = true)
    public Uni<Response> mergePatch(
            @PathParam("user_id") String userId,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid MemberPatch body) {
        return patch(userId, documented, headers, body);
    }

    @DELETE
    @Path("/{user_id}/personal-data")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "erasePersonalData",
            summary = "Delete a member's name and address, and all text written to and by them")
    public Uni<MemberView> erase(@PathParam("user_id") String userId) {
        var tenant = caller.tenantId();
        var user = Params.uuid("user_id", userId);
        return erasure.erase(tenant, user, caller.actor()).chain(() -> view(tenant, user));
    }

    @GET
    @Path("/{user_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.ETAG)
    @Operation(operationId = "getMember", summary = "Read a member")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberView.class)))
    public Uni<Response> read(@PathParam("user_id") String userId) {
        return view(caller.tenantId(), Params.uuid("user_id", userId)).map(MemberResource::tagged);
    }

    @GET
    @Operation(operationId = "listMembers", summary = "List or search the members, by id or by name")
    public Uni<Page<MemberView>> list(@BeanParam MemberQuery query) {
        var tenant = caller.tenantId();
        var asked = query.read();
        return members.enrolFirst(tenant, caller.actor()).chain(() -> views.page(tenant, asked));
    }

    private void require(TextUpdate displayName, TextUpdate email) {
        var faults = texts.faults("", displayName, email);
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
    }

    private Uni<Response> saved(UUID user, Uni<Optional<Problem>> saving) {
        var tenant = caller.tenantId();
        return saving.invoke(refusal -> refusal.ifPresent(problem -> {
                    throw problem.exception();
                }))
                .chain(() -> view(tenant, user))
                .map(MemberResource::tagged);
    }

    private static Response tagged(MemberView member) {
        return Response.ok(member)
                .header(HttpHeaders.ETAG, IfMatch.tag(member.revision()))
                .build();
    }

    private Uni<MemberView> view(UUID tenant, UUID user) {
        return views.find(tenant, user).invoke(member -> {
            if (member == null) {
                throw Problem.notFound("member").exception();
            }
        });
    }
}
