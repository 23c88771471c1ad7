package io.points.platform.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.contract.Ids;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an access token must say, in one place. What it lacks makes it no token of ours; the tenant alone may be
 * absent, for people of the platform have none. Plain Java.
 *
 * @param issuer the only one that is accepted
 * @param audience must be among those that the token is meant for
 */
record Claims(String issuer, String audience) {

    private static final int MOST_ROLES = 500;
    private static final int LONGEST_ROLE = 255;
    private static final long YEAR_10000 = 253_402_300_800L;

    /** @throws InvalidToken with the first thing that is wrong */
    AccessToken check(JsonNode claims, Instant now) throws InvalidToken {
        if (!claims.path("iss").isTextual() || !claims.path("iss").asText().equals(issuer)) {
            throw new InvalidToken("The token has another issuer.");
        }
        if (!isMeantForUs(claims.path("aud"))) {
            throw new InvalidToken("The token's audience is not " + audience + ".");
        }
        // Keycloak says in it what a token is: Bearer, ID, Refresh, Logout and others.
        if (!claims.path("typ").isTextual() || !claims.path("typ").asText().equalsIgnoreCase("Bearer")) {
            throw new InvalidToken("The token is not an access token: its claim typ is not Bearer.");
        }
        var expiry = required(claims, "exp");
        if (!expiry.isAfter(now)) {
            throw new InvalidToken("The token has expired.");
        }
        if (claims.has("nbf") && required(claims, "nbf").isAfter(now)) {
            throw new InvalidToken("The token is not valid yet.");
        }
        var subject = uuid(claims.path("sub"));
        if (subject == null) {
            throw new InvalidToken("The token's subject is not a UUID, or is the nil UUID.");
        }
        return new AccessToken(subject, uuid(claims.path("tenant_id")), roles(claims.path("realm_access")), expiry);
    }

    private boolean isMeantForUs(JsonNode audiences) {
        return audiences.isArray()
                ? StreamSupport.stream(audiences.spliterator(), false).anyMatch(this::isOurs)
                : isOurs(audiences);
    }

    private boolean isOurs(JsonNode one) {
        return one.isTextual() && one.asText().equals(audience);
    }

    private static Instant required(JsonNode claims, String name) throws InvalidToken {
        var time = time(claims.path(name));
        if (time == null) {
            throw new InvalidToken("The token's claim " + name + " is not a time in seconds.");
        }
        return time;
    }

    /** Seconds since 1970, with or without a fraction (RFC 7519, 2); null for anything else, and beyond the year 9999. */
    static @Nullable Instant time(JsonNode claim) {
        var seconds = claim.isNumber() ? claim.asDouble() : -1;
        return seconds >= 0 && seconds < YEAR_10000 ? Instant.ofEpochSecond((long) seconds) : null;
    }

    private static @Nullable UUID uuid(JsonNode claim) {
        return claim.isTextual() ? Ids.parse(claim.asText()) : null;
    }

    /** Keycloak leaves them out where there are none. */
    private static Set<String> roles(JsonNode realmAccess) throws InvalidToken {
        var named = new HashSet<String>();
        if (realmAccess.isMissingNode()) {
            return named;
        }
        var roles = realmAccess.path("roles");
        if (!roles.isArray() || roles.size() > MOST_ROLES) {
            throw new InvalidToken("The token's claim realm_access does not have a list of roles.");
        }
        for (var role : roles) {
            if (!role.isTextual()
                    || role.asText().length() > LONGEST_ROLE
                    || role.asText().indexOf('\0') >= 0) {
                throw new InvalidToken("The token's claim realm_access has a role that is not a string.");
            }
            named.add(role.asText());
        }
        return Set.copyOf(named);
    }
}
