package io.points.distribution.member;

import io.points.http.Caller;
import io.points.http.Conditions;
import io.points.http.Page;
import io.points.http.PageRequest;
import io.points.http.Params;
import io.points.http.PlainText;
import io.points.http.Problem;
import io.points.http.Role;
import io.points.http.TimeLimit;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The directory of the caller's tenant, kept by its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/members")
@RolesAllowed(Role.MANAGER)
class MemberResource {

    private final Members members;
    private final Erasure erasure;
    private final Caller caller;

    MemberResource(Members members, Erasure erasure, Caller caller) {
        this.members = members;
        this.erasure = erasure;
        this.caller = caller;
    }

    /** @param active true if absent */
    record PutMember(
            @NotNull(message = "is required") MemberRole role,

            @Nullable Boolean active,

            @PlainText(max = 200, required = false) @Nullable
            String displayName,

            @PlainText(max = 320, required = false) @Email(message = "must be an e-mail address") @Nullable
            String email) {}

    @PUT
    @Path("/{user_id}")
    @Operation(summary = "Enrol a member, change their role, activate or deactivate them")
    public Uni<Member.View> put(
            @PathParam("user_id") String userId, @NotNull(message = "is required") @Valid PutMember body) {
        var tenant = caller.tenantId();
        var user = Params.uuid("user_id", userId);
        var wish =
                new Members.Wish(body.role(), !Boolean.FALSE.equals(body.active()), body.displayName(), body.email());
        return members.put(tenant, user, wish, caller.cause()).chain(() -> view(tenant, user));
    }

    @DELETE
    @Path("/{user_id}/personal-data")
    @Operation(summary = "Delete a member's name and address, and what was written to and by them")
    public Uni<Member.View> erase(@PathParam("user_id") String userId) {
        var tenant = caller.tenantId();
        var user = Params.uuid("user_id", userId);
        return erasure.erase(tenant, user, caller.cause()).chain(() -> view(tenant, user));
    }

    @GET
    @Path("/{user_id}")
    @Operation(summary = "Read a member")
    public Uni<Member.View> read(@PathParam("user_id") String userId) {
        return view(caller.tenantId(), Params.uuid("user_id", userId));
    }

    @GET
    @Operation(summary = "List the members, by id")
    public Uni<Page<Member.View>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        var page = PageRequest.of(limit, cursor);
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", caller.tenantId())
                .and("userId > :after", "after", page.afterId());
        return members.enrolFirst(caller.tenantId(), caller.cause())
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
