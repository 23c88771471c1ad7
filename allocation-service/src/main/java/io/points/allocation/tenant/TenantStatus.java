package io.points.allocation.tenant;

import io.points.contract.RefusalReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a tenant may distribute points. */
public enum TenantStatus {
    ACTIVE(null),
    SUSPENDED(RefusalReason.TENANT_SUSPENDED),
    /** Nothing is allocated or distributed any more; what is left goes back, day by day, until it is closed. */
    CLOSING(RefusalReason.TENANT_CLOSING),
    /** For ever. */
    CLOSED(RefusalReason.TENANT_CLOSED);

    private final @Nullable RefusalReason refusal;

    TenantStatus(@Nullable RefusalReason refusal) {
        this.refusal = refusal;
    }

    /** Why nothing can be distributed; null if it can. */
    public @Nullable RefusalReason refusal() {
        return refusal;
    }

    /** Whether it is being closed, or is closed: nothing is allocated any more. */
    public boolean ends() {
        return this == CLOSING || this == CLOSED;
    }

    /** The word on the wire and in the table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TenantStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
