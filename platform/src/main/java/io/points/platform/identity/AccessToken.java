package io.points.platform.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a verified access token says.
 *
 * @param subject never the nil UUID
 * @param tenantId never the nil UUID; null if the token has no tenant, or something that is none
 * @param expiry from then on it is worth nothing
 */
public record AccessToken(UUID subject, @Nullable UUID tenantId, Set<String> roles, Instant expiry) {}
