package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;

/** The private Ed25519 key that signs checkpoints, with its public half. */
public final class SigningKey {

    private static final byte[] PROBE = "which of these keys is mine?".getBytes(UTF_8);

    private final PrivateKey privateKey;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey privateKey, VerifierKey verifier) {
        this.privateKey = privateKey;
        this.verifier = verifier;
    }

    /** A new key. */
    public static SigningKey generate(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks Ed25519", e);
        }
    }

    /**
     * A key from a configuration.
     *
     * @param pkcs8 the private key (RFC 8410), as PEM or as its base 64 alone
     * @param known the public keys, its own among them
     * @throws IllegalArgumentException if it is no such key, or its public half is not among them
     */
    public static SigningKey of(String pkcs8, Collection<VerifierKey> known) {
        var privateKey = privateKey(pkcs8);
        var signature = sign(privateKey, PROBE);
        return known.stream()
                .filter(key -> key.hasSigned(PROBE, signature))
                .findFirst()
                .map(key -> new SigningKey(privateKey, key))
                .orElseThrow(() -> new IllegalArgumentException("none of the public keys belongs to the signing key"));
    }

    private static PrivateKey privateKey(String pkcs8) {
        try {
            var base64 = pkcs8.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the signing key is no Ed25519 key in PKCS #8", e);
        }
    }

    /** The private key in PKCS #8, as PEM. */
    public String pem() {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(privateKey.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Its public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs a checkpoint. */
    public Note sign(Checkpoint checkpoint) {
        var text = checkpoint.text();
        var signature = sign(privateKey, text.getBytes(UTF_8));
        var withId = ByteBuffer.allocate(VerifierKey.ID_LENGTH + signature.length)
                .put(verifier.idBytes())
                .put(signature);
        return Note.parse(text + "\n" + Note.DASH + verifier.name() + " "
                + Base64.getEncoder().encodeToString(withId.array()) + "\n");
    }

    private static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing with the Ed25519 key failed", e);
        }
    }
}
