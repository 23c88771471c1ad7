package io.points.audit.proof;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Signing keys that are the same in each run, so that what they sign can be kept in files. */
public final class TestKeys {

    private TestKeys() {}

    /** @param number tells keys of one name apart; 1 to 127 */
    public static SigningKey of(String name, int number) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    Arrays.fill(bytes, (byte) number);
                }
            });
            var pair = generator.generateKeyPair();
            return SigningKey.of(
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                    List.of(VerifierKey.of(name, pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks Ed25519", e);
        }
    }
}
