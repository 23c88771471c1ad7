package io.points.platform.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Reads a JSON Web Key Set (RFC 7517), as far as we have a use for it. Plain Java. */
final class KeySet {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ASYMMETRIC = Set.of("RSA", "EC");

    private KeySet() {}

    /**
     * The keys for signatures, by their ids. Keys for other uses, of other types and without an id are passed over, and so
     * is one that is broken: the others are good all the same.
     *
     * @throws IllegalArgumentException if it is no key set, or has no key for signatures; a provider that signs tokens has one
     */
    static Map<String, SigningKey> parse(String text) {
        var keys = new LinkedHashMap<String, SigningKey>();
        try {
            for (var key : JSON.readTree(text).path("keys")) {
                if (isForSignatures(key)) {
                    add(key, keys);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its response is not JSON", e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("its response has no signing key");
        }
        return Map.copyOf(keys);
    }

    private static boolean isForSignatures(JsonNode key) {
        return key.path("kid").isTextual()
                && ASYMMETRIC.contains(key.path("kty").asText())
                && key.path("use").asText("sig").equals("sig");
    }

    private static void add(JsonNode key, Map<String, SigningKey> keys) {
        try {
            var parsed = (PublicJsonWebKey) JsonWebKey.Factory.newJwk(key.toString());
            keys.put(parsed.getKeyId(), new SigningKey(parsed.getPublicKey(), parsed.getAlgorithm()));
        } catch (JoseException e) {
            // Its tokens are refused, as those of a key that is not there.
        }
    }
}
