package io.points.platform.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.identity.VerifiedTokens.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTokensTest {

    private static final String ISSUER = "https://login.example.com/realms/points";
    private static final UUID SUBJECT = UUID.fromString("770e8400-e29b-41d4-a716-446655440001");
    private static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final PublicJsonWebKey KEY = key("a");
    private static final PublicJsonWebKey STRANGE = key("a");

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private String answer = new JsonWebKeySet(KEY).toJson();
    private final AtomicInteger asked = new AtomicInteger();
    private final SigningKeys keys = new SigningKeys(
            () -> {
                asked.incrementAndGet();
                return CompletableFuture.completedFuture(KeySet.parse(answer));
            },
            Duration.ofSeconds(30),
            () -> now);
    private final VerifiedTokens tokens = new VerifiedTokens(keys, ISSUER, "points-api", () -> now);

    @Test
    void aGoodTokenSaysWhoSentIt() {
        var expected = new AccessToken(SUBJECT, TENANT, Set.of("manager", "lead"), now.plusSeconds(300));
        assertEquals(new Result.Verified(expected), verify(sign(claims())));
    }

    @Test
    void thePlatformsOwnPeopleHaveNoTenantAndSomePeopleNoRoles() {
        var claims = claims();
        claims.remove("tenant_id");
        claims.remove("realm_access");
        var expected = new AccessToken(SUBJECT, null, Set.of(), now.plusSeconds(300));
        assertEquals(new Result.Verified(expected), verify(sign(claims)));
    }

    @Test
    void aTenantThatIsNoneIsNone() {
        for (var tenant :
                Arrays.asList("", "triton", "1-1-1-1-1", new UUID(0, 0).toString(), 5, List.of(), true, "\0")) {
            var claims = claims();
            claims.put("tenant_id", tenant);
            var result = assertInstanceOf(Result.Verified.class, verify(sign(claims)), String.valueOf(tenant));
            assertEquals(null, result.token().tenantId());
        }
    }

    @Test
    void whatATokenMustSayIsCheckedInOnePlace() {
        var wrong = new LinkedHashMap<String, List<Object>>();
        wrong.put("iss", Arrays.asList("https://login.example.com/realms/other", "", 5, List.of(ISSUER), null));
        wrong.put("aud", Arrays.asList("account", "", List.of("account"), List.of(), 5, Map.of("points-api", 1), null));
        wrong.put("typ", Arrays.asList("ID", "Refresh", "Logout", "DPoP", "", 1, List.of("Bearer"), null));
        wrong.put("exp", Arrays.asList(0, -1, "1", 1e300, List.of(), now.getEpochSecond(), "never", null));
        wrong.put("nbf", Arrays.asList(now.getEpochSecond() + 60, "soon"));
        wrong.put(
                "sub",
                Arrays.asList(
                        "",
                        "x".repeat(200),
                        "somebody",
                        "1-1-1-1-1",
                        SUBJECT + "\0",
                        " " + SUBJECT,
                        5,
                        new UUID(0, 0).toString(),
                        List.of(SUBJECT.toString()),
                        null));
        wrong.put(
                "realm_access",
                Arrays.asList(
                        "manager",
                        5,
                        List.of("manager"),
                        Map.of(),
                        Map.of("roles", "manager"),
                        Map.of("roles", Map.of("manager", true)),
                        Map.of("roles", List.of(5)),
                        Map.of("roles", List.of(List.of("manager"))),
                        Map.of("roles", List.of("x".repeat(300))),
                        Map.of("roles", List.of("manager\0")),
                        Map.of("roles", java.util.Collections.nCopies(501, "manager"))));
        wrong.forEach((claim, values) -> values.forEach(value -> {
            var claims = claims();
            if (value == null) {
                claims.remove(claim);
            } else {
                claims.put(claim, value);
            }
            var result = verify(sign(claims));
            var refused = assertInstanceOf(Result.Refused.class, result, claim + " that is " + value);
            assertTrue(refused.why().endsWith("."), refused.why());
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "....",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                ".b.c",
                "a..c",
                "a.b.",
                "a.b.c.d.e",
                "a b.c.d",
                "e30.e30.e30",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10",
                "=.=.=",
                "\0.\0.\0",
                "é.é.é",
                "eyJhbGciOiJub25lIiwia2lkIjoiYSJ9.e30.e30"
            })
    void whatIsNoTokenIsRefusedWithoutAskingAnybody(String text) {
        assertInstanceOf(Result.Refused.class, verify(text));
        assertEquals(0, asked.get());
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        assertInstanceOf(Result.Refused.class, verify("a".repeat(20_000) + ".b.c"));
        var deep = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("[".repeat(3_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertInstanceOf(Result.Refused.class, verify(deep + "." + deep + ".c"));
        assertEquals(0, asked.get());
    }

    @Test
    void aSignatureOfAnotherKeyIsNotRight() throws JoseException {
        assertInstanceOf(Result.Refused.class, verify(sign(claims(), STRANGE)));
        // The public key, which everybody knows, taken for a shared secret.
        var signature = unsigned(claims(), "a", "HS256");
        signature.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
        assertInstanceOf(Result.Refused.class, verify(signature.getCompactSerialization()));
        var good = sign(claims());
        var other = claims();
        other.put("realm_access", Map.of("roles", List.of("platform-admin")));
        var forged = sign(other, STRANGE);
        assertInstanceOf(
                Result.Refused.class,
                verify(forged.substring(0, forged.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'))));
    }

    @Test
    void anAlgorithmThatTheKeyIsNotForIsRefused() throws JoseException {
        var signature = unsigned(claims(), "a", "RS512");
        signature.setKey(KEY.getPrivateKey());
        assertInstanceOf(Result.Refused.class, verify(signature.getCompactSerialization()));
    }

    @Test
    void aGoodTokenIsRememberedUntilItExpires() {
        var token = sign(claims());
        verify(token);
        now = now.plusSeconds(299);
        assertInstanceOf(Result.Verified.class, verify(token));
        now = now.plusSeconds(1);
        assertEquals(new Result.Refused("The token has expired."), verify(token));
    }

    @Test
    void aGoodTokenIsForgottenWithItsKey() {
        var token = sign(claims());
        assertInstanceOf(Result.Verified.class, verify(token));
        answer = new JsonWebKeySet(key("b")).toJson();
        now = now.plus(Duration.ofSeconds(30));
        keys.refresh();
        assertInstanceOf(Result.Refused.class, verify(token));
    }

    @Test
    void aGoodTokenIsGoodWhileTheProviderIsGoneAndAnUnknownKeyIsNotKnown() {
        var token = sign(claims());
        verify(token);
        answer = "<html>Bad gateway</html>";
        now = now.plus(Duration.ofSeconds(30));
        keys.refresh();
        assertInstanceOf(Result.Verified.class, verify(token));
        assertInstanceOf(Result.CannotKnow.class, verify(sign(claims(), key("b"))));
    }

    @Test
    void onlyKeysForSignaturesCount() throws JoseException {
        var forEncryption = key("enc");
        forEncryption.setUse("enc");
        OctetSequenceJsonWebKey secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("secret");
        answer = new JsonWebKeySet(KEY, forEncryption, secret)
                .toJson()
                .replace(
                        "{\"keys\":[", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"broken\",\"n\":\"!\"},{\"kid\":5},null,");
        assertEquals(Set.of("a"), KeySet.parse(answer).keySet());
        assertInstanceOf(Result.Verified.class, verify(sign(claims())));
        var older = claims();
        older.put("iat", now.getEpochSecond() - 1);
        assertInstanceOf(Result.Refused.class, verify(sign(older, forEncryption)));
    }

    private Result verify(String text) {
        return tokens.verify(text).toCompletableFuture().join();
    }

    private Map<String, Object> claims() {
        var claims = new HashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("aud", List.of("account", "points-api"));
        claims.put("typ", "Bearer");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        claims.put("sub", SUBJECT.toString());
        claims.put("tenant_id", TENANT.toString());
        claims.put("realm_access", Map.of("roles", List.of("manager", "lead")));
        return claims;
    }

    private static String sign(Map<String, Object> claims) {
        return sign(claims, KEY);
    }

    private static String sign(Map<String, Object> claims, PublicJsonWebKey key) {
        try {
            var signature = unsigned(claims, key.getKeyId(), "RS256");
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonWebSignature unsigned(Map<String, Object> claims, String keyId, String algorithm) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setPayload(JsonUtil.toJson(claims));
        return signature;
    }

    private static PublicJsonWebKey key(String id) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            key.setUse("sig");
            key.setAlgorithm("RS256");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
