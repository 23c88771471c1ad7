package io.points.allocation.tenant;

import java.util.Locale;

/** Whether a tenant may distribute points. */
public enum TenantStatus {
    ACTIVE,
    SUSPENDED;

    /** The word on the wire and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
