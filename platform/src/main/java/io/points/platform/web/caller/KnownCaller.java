package io.points.platform.web.caller;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request under {@code /api}, by a token that was verified before anything else was done for it.
 *
 * @param subject a UUID in lower case, never the nil one
 * @param tenantId never the nil UUID; null if the token has no tenant
 * @param expiry of the token: what goes on for long ends then
 */
public record KnownCaller(String subject, @Nullable UUID tenantId, Set<String> roles, Instant expiry) {

    /** Under which a request keeps it, from {@link CallerFilter} on. */
    public static final String KEY = "points.caller";

    private static final Set<String> OF_THE_PLATFORM = Set.of(Role.PLATFORM_ADMIN, Role.FINANCE, Role.AUDITOR);

    static final Set<String> OF_A_TENANT = Set.of(Role.MANAGER, Role.LEAD, Role.EMPLOYEE);

    /** All that the caller may do would be done in a tenant, and the token has none. */
    boolean lacksTenant() {
        return tenantId == null
                && roles.stream().noneMatch(OF_THE_PLATFORM::contains)
                && roles.stream().anyMatch(OF_A_TENANT::contains);
    }
}
