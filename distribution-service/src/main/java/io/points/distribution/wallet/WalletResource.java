package io.points.distribution.wallet;

import io.points.distribution.member.People;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Balances and entries: everybody's own, and all of the tenant's for its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/wallets")
class WalletResource {

    private final WalletViews views;
    private final People people;
    private final Caller caller;

    WalletResource(WalletViews views, People people, Caller caller) {
        this.views = views;
        this.people = people;
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
    @Path("/expiring")
    @RolesAllowed(Role.MANAGER)
    @Operation(operationId = "getExpiringPoints", summary = "What of all members' points lapses when")
    public Uni<ExpiringView> expiring(
            @Parameter(
                            description = "The last day that is looked at; the 90th from today if it is absent",
                            schema =
                                    @Schema(implementation = String.class, format = "date", pattern = ExpiringView.DAY))
                    @QueryParam("until")
                    @Nullable
                    String until) {
        return views.expiring(caller.tenantId(), ExpiringView.until(until));
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
        return people.of(tenant, true, Stream.of(user)).chain(found -> {
            if (found == null || found.isEmpty()) {
                throw Problem.notFound("member").exception();
            }
            return views.find(tenant, user, viewer, asked);
        });
    }
}
