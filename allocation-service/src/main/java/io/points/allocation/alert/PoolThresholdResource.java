package io.points.allocation.alert;

import io.points.allocation.alert.PoolThresholds.Threshold;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** When the pool of the caller's tenant is low. The tenant comes from the token. */
@Cancellable(false)
@TimeLimit
@Path("/api/allocations/pool/low-at")
@RolesAllowed(Role.MANAGER)
class PoolThresholdResource {

    private final Transactions transactions;
    private final PoolThresholds thresholds;
    private final Caller caller;

    PoolThresholdResource(Transactions transactions, PoolThresholds thresholds, Caller caller) {
        this.transactions = transactions;
        this.thresholds = thresholds;
        this.caller = caller;
    }

    /** @param points if it is absent, the pool is low by what the tenant distributes alone */
    @Schema(name = "PoolThresholdUpdate")
    record Put(
            @Min(value = 1, message = NO_POINTS) @Max(value = PointsAmount.MAX, message = NO_POINTS) @Nullable
            Long points) {

        private static final String NO_POINTS = "must be 1 to " + PointsAmount.MAX;
    }

    @GET
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getPoolThreshold", summary = "Below how many points the tenant's pool is low")
    public Uni<Threshold> read() {
        var tenant = caller.tenantId();
        return transactions.snapshot(tx -> thresholds.find(tx, tenant));
    }

    @PUT
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "setPoolThreshold",
            summary = "Say below how many points the tenant's pool is low",
            description = "It is low below a share of what is distributed in a month in any case.")
    public Uni<Threshold> put(@NotNull(message = "is required") @Valid Put body) {
        var tenant = caller.tenantId();
        var by = caller.actor();
        return transactions.write(tx -> thresholds.say(tx, tenant, body.points(), by));
    }
}
