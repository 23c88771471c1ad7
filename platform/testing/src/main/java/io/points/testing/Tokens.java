package io.points.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Tokens as the realm issues them, signed by a key that lives as long as the test run. */
public final class Tokens {

    static final String ISSUER = "urn:points:test-issuer";
    static final PublicJsonWebKey KEY = newKey("the-key-of-the-test-run");
    private static final String AUDIENCE = "points-api";
    private static final Map<Holder, String> GIVEN = new ConcurrentHashMap<>();

    private record Holder(UUID subject, @Nullable UUID tenant, List<String> roles) {}

    private Tokens() {}

    /** A valid token; the same one for the same holder, as callers use theirs again, for to sign one takes longest of all. */
    public static String of(UUID subject, @Nullable UUID tenant, String... roles) {
        return GIVEN.computeIfAbsent(
                new Holder(subject, tenant, List.of(roles)), holder -> sign(claims(subject, tenant, roles), KEY));
    }

    /** A token with everything settable, to be wrong on purpose. */
    public static String of(UUID subject, @Nullable String tenant, String audience, Instant expiry, String... roles) {
        return sign(claims(subject, tenant, expiry, roles).audience(audience), KEY);
    }

    /** The claims of a valid token, to be made wrong on purpose. */
    static JwtClaimsBuilder claims(UUID subject, @Nullable String tenant, Instant expiry, String... roles) {
        var claims = Jwt.issuer(ISSUER)
                .subject(subject.toString())
                .audience(AUDIENCE)
                .issuedAt(expiry.minusSeconds(7_200))
                .expiresAt(expiry)
                .claim("typ", "Bearer")
                .claim("realm_access", Map.of("roles", List.copyOf(Arrays.asList(roles))));
        return tenant == null ? claims : claims.claim("tenant_id", tenant);
    }

    static JwtClaimsBuilder claims(UUID subject, @Nullable UUID tenant, String... roles) {
        return claims(subject, tenant == null ? null : tenant.toString(), inOneHour(), roles);
    }

    static String sign(JwtClaimsBuilder claims, PublicJsonWebKey key) {
        return claims.jws().keyId(key.getKeyId()).sign(key.getPrivateKey());
    }

    /** A token that another issuer has signed with our key. */
    static String ofAnotherIssuer(UUID subject, String tenant, String... roles) {
        return sign(claims(subject, tenant, inOneHour(), roles).issuer("urn:points:another-issuer"), KEY);
    }

    /** A pair of keys that nobody else has. */
    static PublicJsonWebKey newKey(String id) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            key.setUse("sig");
            key.setAlgorithm("RS256");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    private static Instant inOneHour() {
        return Instant.now().plusSeconds(3_600);
    }
}
