package io.points.allocation.tenant;

import io.points.platform.web.problem.Problem;

/** How a tenant's status refuses things over HTTP. */
public final class TenantProblems {

    private TenantProblems() {}

    /**
     * Of a tenant that is being closed, or is closed.
     *
     * @param status one that {@link TenantStatus#ends}
     * @param detail what does not happen any more
     */
    public static Problem ends(TenantStatus status, String detail) {
        return Problem.of(
                409,
                "tenant-" + status.word(),
                status == TenantStatus.CLOSING ? "The tenant is being closed" : "The tenant is closed",
                detail);
    }
}
