package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The directory of the caller's tenant, kept by its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/members")
@RolesAllowed(Role.MANAGER)
class MemberResource {

    private final Members members;
    private final MemberTexts texts;
    private final Erasure erasure;
    private final Caller caller;

    MemberResource(Members members, MemberTexts texts, Erasure erasure, Caller caller) {
        this.members = members;
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
            TextUpdate email) {

        Wish wish() {
            return new Wish(role, active, displayName, email);
        }
    }

    @PUT
    @Path("/{user_id}")
    @Operation(
            operationId = "saveMember",
            summary = "Enrol a member, change their role, activate or deactivate them",
            description = "Omitted fields stay as they are; a new member is active.")
    public Uni<Member.View> put(
            @PathParam("user_id") String userId, @NotNull(message = "is required") @Valid PutMember body) {
        var tenant = caller.tenantId();
        var user = Params.uuid("user_id", userId);
        var faults = texts.faults("", body.displayName(), body.email());
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        return members.put(tenant, user, body.wish(), caller.actor()).chain(() -> view(tenant, user));
    }

    @DELETE
    @Path("/{user_id}/personal-data")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "erasePersonalData",
            summary = "Delete a member's name and address, and all text written to and by them")
    public Uni<Member.View> erase(@PathParam("user_id") String userId) {
        var tenant = caller.tenantId();
        var user = Params.uuid("user_id", userId);
        return erasure.erase(tenant, user, caller.actor()).chain(() -> view(tenant, user));
    }

    @GET
    @Path("/{user_id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getMember", summary = "Read a member")
    public Uni<Member.View> read(@PathParam("user_id") String userId) {
        return view(caller.tenantId(), Params.uuid("user_id", userId));
    }

    @GET
    @Operation(operationId = "listMembers", summary = "List the members, by id")
    public Uni<Page<Member.View>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        var page = PageRequest.of(limit, cursor);
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", caller.tenantId())
                .and("userId > :after", "after", page.afterId());
        return members.enrolFirst(caller.tenantId(), caller.actor())
                .chain(() ->
                        Panache.withSession(() -> Member.<Member>find(conditions.orderBy("userId"), conditions.values())
                                .range(0, page.fetch() - 1)
                                .list()))
                .map(rows -> Page.of(rows, page, member -> member.userId.toString(), Member.View::of));
    }

    private static Uni<Member.View> view(UUID tenant, UUID user) {
        return Panache.withSession(() -> Member.of(tenant, user)).map(member -> {
            if (member == null) {
                throw Problem.notFound("member").exception();
            }
            return Member.View.of(member);
        });
    }
}
