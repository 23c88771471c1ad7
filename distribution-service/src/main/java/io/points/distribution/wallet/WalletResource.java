package io.points.distribution.wallet;

import io.points.distribution.member.Member;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Balances and entries: everybody's own, and all of the tenant's for its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/wallets")
class WalletResource {

    private final WalletViews views;
    private final Caller caller;

    WalletResource(WalletViews views, Caller caller) {
        this.views = views;
        this.caller = caller;
    }

    @GET
    @Path("/me")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(operationId = "getOwnWallet", summary = "The caller's wallets")
    public Uni<WalletView> own(@BeanParam WalletQuery query) {
        return views.find(caller.tenantId(), caller.id(), caller.id(), query.read());
    }

    @GET
    @Path("/{user_id}")
    @RolesAllowed(Role.MANAGER)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getWallet", summary = "A member's wallets")
    public Uni<WalletView> read(@PathParam("user_id") String userId, @BeanParam WalletQuery query) {
        var user = Params.uuid("user_id", userId);
        var tenant = caller.tenantId();
        var viewer = caller.id();
        var asked = query.read();
        return Panache.withSession(() -> Member.of(tenant, user)).chain(member -> {
            if (member == null) {
                throw Problem.notFound("member").exception();
            }
            return views.find(tenant, user, viewer, asked);
        });
    }
}
