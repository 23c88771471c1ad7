package io.points.platform.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A token as it comes in: a JSON Web Signature in its compact form (RFC 7515). Nothing in it may be believed before
 * {@link #verify}. Plain Java.
 */
final class SignedToken {

    /** In characters. Keycloak's have about 1,500, and one with many roles some thousands. */
    static final int LONGEST = 12_000;

    private static final int LONGEST_KEY_ID = 255;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    /** Only asymmetric algorithms; the public key must not be able to sign. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final AlgorithmConstraints PERMITTED =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new));

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String text;
    private final JsonNode header;
    private final JsonNode claims;

    private SignedToken(String text, JsonNode header, JsonNode claims) {
        this.text = text;
        this.header = header;
        this.claims = claims;
    }

    static SignedToken parse(String text) throws InvalidToken {
        if (text.length() > LONGEST || !SHAPE.matcher(text).matches()) {
            throw new InvalidToken("The token is not a JWS in compact serialization.");
        }
        var parts = text.split("\\.");
        var token = new SignedToken(text, object(parts[0]), object(parts[1]));
        if (!ALGORITHMS.contains(token.algorithm())) {
            throw new InvalidToken("The token's signature algorithm is not accepted.");
        }
        var keyId = token.header.path("kid");
        if (!keyId.isTextual()
                || keyId.asText().isEmpty()
                || keyId.asText().length() > LONGEST_KEY_ID
                || token.header.has("crit")) {
            throw new InvalidToken("The token's header lacks a valid kid, or has crit.");
        }
        return token;
    }

    private static JsonNode object(String part) throws InvalidToken {
        try {
            var json = JSON.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Said below, whatever it is instead.
        }
        throw new InvalidToken("The token's header or payload is not a JSON object.");
    }

    String keyId() {
        return header.path("kid").asText();
    }

    private String algorithm() {
        return header.path("alg").asText();
    }

    /** When it says that it was issued; null if it does not. */
    @Nullable
    Instant issuedAt() {
        return Claims.time(claims.path("iat"));
    }

    /** The claims, which may be believed. */
    JsonNode verify(SigningKey key) throws InvalidToken {
        if (key.signsWith(algorithm()) && isSignedBy(key)) {
            return claims;
        }
        throw new InvalidToken("The token's signature is invalid.");
    }

    private boolean isSignedBy(SigningKey key) {
        try {
            var signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(PERMITTED);
            signature.setCompactSerialization(text);
            signature.setKey(key.publicKey());
            return signature.verifySignature();
        } catch (JoseException e) {
            // A key of another type than the algorithm, or bytes that no signature has.
            return false;
        }
    }
}
