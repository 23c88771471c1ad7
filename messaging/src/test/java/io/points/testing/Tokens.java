package io.points.testing;

import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens as the realm issues them, signed by a key that lives as long as the test run. */
public final class Tokens {

    static final String ISSUER = "urn:points:test-issuer";
    private static final KeyPair KEYS = keys();

    private Tokens() {}

    static String publicKey() {
        return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    }

    /** A valid token. */
    public static String of(UUID subject, @Nullable UUID tenant, String... roles) {
        return of(
                subject,
                tenant == null ? null : tenant.toString(),
                "points-api",
                Instant.now().plusSeconds(3_600),
                roles);
    }

    /** A token with everything settable, to be wrong on purpose. */
    public static String of(UUID subject, @Nullable String tenant, String audience, Instant expiry, String... roles) {
        return of(ISSUER, subject, tenant, audience, expiry, roles);
    }

    /** A token that another issuer has signed with our key. */
    static String ofAnotherIssuer(UUID subject, String tenant, String... roles) {
        return of(
                "urn:points:another-issuer",
                subject,
                tenant,
                "points-api",
                Instant.now().plusSeconds(3_600),
                roles);
    }

    private static String of(
            String issuer, UUID subject, @Nullable String tenant, String audience, Instant expiry, String... roles) {
        var claims = Jwt.issuer(issuer)
                .subject(subject.toString())
                .audience(audience)
                .issuedAt(expiry.minusSeconds(7_200))
                .expiresAt(expiry)
                .claim("realm_access", Map.of("roles", List.copyOf(Arrays.asList(roles))));
        if (tenant != null) {
            claims.claim("tenant_id", tenant);
        }
        return claims.sign(KEYS.getPrivate());
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }
}
