package io.points.distribution.wallet;

import io.points.distribution.member.Member;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Balances and entries: everybody's own, and all of the tenant's for its managers. */
@Cancellable(false)
@TimeLimit
@Path("/api/wallets")
class WalletResource {

    private final Pool database;
    private final Caller caller;

    WalletResource(Pool database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /** @param balance points */
    @Schema(name = "WalletBalance")
    record Balance(long balance, long entryNumber) {
        private static final Balance NONE = new Balance(0, 0);
    }

    /**
     * @param budget points to give on
     * @param earned redeemable points
     * @param entries of both wallets, newest first
     */
    @Schema(name = "Wallet")
    record View(
            UUID userId,
            Balance budget,
            Balance earned,
            List<WalletLine.View> entries,
            @Nullable String nextCursor) {}

    @GET
    @Path("/me")
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(operationId = "getOwnWallet", summary = "The caller's wallets")
    public Uni<View> own(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return view(caller.tenantId(), caller.id(), PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{user_id}")
    @RolesAllowed(Role.MANAGER)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getWallet", summary = "A member's wallets")
    public Uni<View> read(
            @PathParam("user_id") String userId,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        var user = Params.uuid("user_id", userId);
        var tenant = caller.tenantId();
        var page = PageRequest.of(limit, cursor);
        return Panache.withSession(() -> Member.of(tenant, user)).chain(member -> {
            if (member == null) {
                throw Problem.notFound("member").exception();
            }
            return view(tenant, user, page);
        });
    }

    private Uni<View> view(UUID tenant, UUID user, PageRequest page) {
        return balances(tenant, user).chain(balances -> entries(tenant, user, page)
                .map(entries -> new View(
                        user,
                        balances.getOrDefault(WalletKind.BUDGET, Balance.NONE),
                        balances.getOrDefault(WalletKind.EARNED, Balance.NONE),
                        entries.items(),
                        entries.nextCursor())));
    }

    private Uni<Map<WalletKind, Balance>> balances(UUID tenant, UUID user) {
        return database.preparedQuery(
                        "select kind, balance, entry_number from wallets where tenant_id = $1 and user_id = $2")
                .execute(Tuple.of(tenant, user))
                .map(rows -> {
                    var balances = new HashMap<WalletKind, Balance>();
                    rows.forEach(row -> balances.put(
                            WalletKind.of(row.getString("kind")),
                            new Balance(row.getLong("balance"), row.getLong("entry_number"))));
                    return balances;
                });
    }

    /** Newest first: by time, and within a moment by wallet and number; all three make the cursor. */
    private static Uni<Page<WalletLine.View>> entries(UUID tenant, UUID user, PageRequest page) {
        var after = Cursor.of(page);
        var conditions =
                new Conditions().and("tenantId = :tenant", "tenant", tenant).and("userId = :user", "user", user);
        if (after != null) {
            conditions
                    .and("createdAt <= :time", "time", after.time())
                    .and(
                            "createdAt < :time or kind > :kind or kind = :kind and entryNumber < :number",
                            "kind",
                            after.kind())
                    .bind("number", after.number());
        }
        return Panache.withSession(() -> WalletLine.<WalletLine>find(
                                conditions.orderBy("createdAt desc, kind, entryNumber desc"), conditions.values())
                        .range(0, page.fetch() - 1)
                        .list())
                .map(rows -> Page.of(rows, page, line -> Cursor.of(line).text(), WalletLine.View::of));
    }
}
