package io.points.platform.identity;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A key with which the identity provider signs.
 *
 * @param algorithm the only one it signs with, such as {@code RS256}; null if it does not say
 */
public record SigningKey(PublicKey publicKey, @Nullable String algorithm) {

    boolean signsWith(String other) {
        return algorithm == null || algorithm.equals(other);
    }
}
