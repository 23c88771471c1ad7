package io.points.allocation.allocation;

import io.points.allocation.pool.PlatformRules.Decision;
import io.points.allocation.pool.PlatformRules.InsufficientBalance;
import io.points.allocation.pool.PlatformRules.LimitExceeded;
import io.points.allocation.pool.PlatformRules.TenantEnds;
import io.points.allocation.tenant.TenantProblems;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** How an allocation or a clawback is refused over HTTP. */
final class MovementProblems {

    private MovementProblems() {}

    static Problem unknownTenant() {
        return Problem.notFound("tenant").withError("tenant_id", "is not a tenant");
    }

    static Problem of(AllocationRules.CapExceeded refusal) {
        return Problem.of(
                        409,
                        ProblemType.MONTHLY_CAP_EXCEEDED.slug(),
                        "The tenant is allocated no more in this month",
                        "In " + refusal.month() + " (UTC) at most " + refusal.room()
                                + " points can still be allocated by the tenant's monthly budget.")
                .withError("amount", "must be at most " + refusal.room())
                .with("room", refusal.room())
                .with("month", refusal.month().toString());
    }

    /** Null if the points were moved. */
    static @Nullable Problem of(Decision decision) {
        if (decision instanceof InsufficientBalance refusal) {
            return Problem.of(409, "insufficient-pool-balance", "The pool balance is too low", held(refusal))
                    .withError("amount", "exceeds the pool's balance of " + refusal.balance())
                    .with("balance", refusal.balance());
        }
        if (decision instanceof LimitExceeded refusal) {
            return Problem.of(
                            409,
                            "tenant-limit-exceeded",
                            "The tenant would hold more than 2^53-1 points",
                            "At most " + refusal.room() + " points can still be allocated.")
                    .withError("amount", "must be at most " + refusal.room())
                    .with("room", refusal.room());
        }
        if (decision instanceof TenantEnds refusal) {
            return TenantProblems.ends(refusal.status(), "Nothing is allocated to it any more.");
        }
        return null;
    }

    private static String held(InsufficientBalance refusal) {
        return refusal.inDepartments() == 0
                ? "The pool holds " + refusal.balance() + " points."
                : "The pool holds " + refusal.balance() + " points outside of departments, which hold "
                        + refusal.inDepartments() + " more. A manager of the tenant can empty their envelopes.";
    }
}
