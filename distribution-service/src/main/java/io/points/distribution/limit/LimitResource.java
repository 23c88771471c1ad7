package io.points.distribution.limit;

import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What members can still give by the rules of their company, in the windows that there are at this moment. */
@Cancellable(false)
@TimeLimit
@Path("/api/policy")
class LimitResource {

    private final LimitViews views;
    private final Directory directory;
    private final Transactions transactions;
    private final Caller caller;

    LimitResource(LimitViews views, Directory directory, Transactions transactions, Caller caller) {
        this.views = views;
        this.directory = directory;
        this.transactions = transactions;
        this.caller = caller;
    }

    /** @param items in the order of the policy's rules */
    @Schema(name = "Limits")
    record Found(List<LimitView> items) {}

    @GET
    @Path("/limits/me")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(
            operationId = "getOwnLimits",
            summary = "What the caller can still give by the company's rules",
            description =
                    "Nothing for whoever gives nothing. An allowance has from. What was asked for and has not ended counts as given.")
    public Uni<Found> mine(
            @Parameter(
                            description =
                                    "Out of which department it would be given. What can still be given out of that one is listed, too")
                    @QueryParam("department_id")
                    @Nullable
                    String departmentId) {
        return find(caller.id(), role(), Params.optionalUuid("department_id", departmentId));
    }

    private MemberRole role() {
        if (caller.hasRole(Role.MANAGER)) {
            return MemberRole.MANAGER;
        }
        return caller.hasRole(Role.LEAD) ? MemberRole.LEAD : MemberRole.EMPLOYEE;
    }

    @GET
    @Path("/limits/{user_id}")
    @RolesAllowed(Role.MANAGER)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getLimits",
            summary = "What a member can still give by the company's rules",
            description = "By their role in the directory. Nothing for whoever gives nothing.")
    public Uni<Found> of(@PathParam("user_id") String id) {
        var userId = Params.uuid("user_id", id);
        var key = new Directory.Key(caller.tenantId(), userId);
        return transactions.write(tx -> directory.look(tx, List.of(key))).chain(members -> {
            var member = members.get(key);
            if (member == null) {
                throw Problem.notFound("member").exception();
            }
            return find(userId, member.role(), null);
        });
    }

    private Uni<Found> find(UUID userId, MemberRole role, @Nullable UUID department) {
        return transactions
                .write(tx -> views.left(tx, caller.tenantId(), userId, role, department))
                .map(Found::new);
    }
}
