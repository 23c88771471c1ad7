package io.points.audit.quarantine;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** A failure of background work, and whose it is. */
public final class OfTenant extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final UUID tenant;

    private OfTenant(UUID tenant, Throwable cause) {
        super("tenant " + tenant + ": " + cause, cause);
        this.tenant = tenant;
    }

    /** Whatever the work fails with becomes a failure of this tenant. */
    public static <T> Uni<T> whenFailing(UUID tenant, Uni<T> work) {
        return work.onFailure().transform(failure -> new OfTenant(tenant, failure));
    }

    public UUID tenant() {
        return tenant;
    }
}
