package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A public Ed25519 key (RFC 8032) with the name under which it signs. Its text is a verifier key as C2SP's
 * {@code signed-note} has it: name, key id and key, with plus signs between.
 */
public final class VerifierKey {

    /** Bytes of a key id. */
    static final int ID_LENGTH = 4;

    private static final int KEY_LENGTH = 32;
    private static final byte ED25519 = 1;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/-]{1,100}");

    /** What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo: RFC 8410, 4. */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] key;
    private final byte[] id;
    private final PublicKey publicKey;

    /** @throws IllegalArgumentException if the name or the key is none */
    VerifierKey(String name, byte[] key) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to 100 letters, digits, dots, dashes, underscores or slashes");
        }
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 key has " + KEY_LENGTH + " bytes");
        }
        this.name = name;
        this.key = key.clone();
        var hashed = new TreeHasher().digest(concat((name + "\n").getBytes(UTF_8), new byte[] {ED25519}, key));
        this.id = Arrays.copyOf(hashed, ID_LENGTH);
        try {
            publicKey =
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(concat(DER_PREFIX, key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }

    static VerifierKey of(String name, PublicKey publicKey) {
        var encoded = publicKey.getEncoded();
        return new VerifierKey(name, Arrays.copyOfRange(encoded, DER_PREFIX.length, encoded.length));
    }

    /** @throws IllegalArgumentException if it is no verifier key; the text says why */
    public static VerifierKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is a name, a key id and a key, joined by +");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_LENGTH || typed[0] != ED25519) {
            throw new IllegalArgumentException("a verifier key holds the byte 1 and an Ed25519 key, in base 64");
        }
        var verifier = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!verifier.id().equals(parts[1])) {
            throw new IllegalArgumentException("the key id is not that of the name and key");
        }
        return verifier;
    }

    /** The name under which it signs. */
    public String name() {
        return name;
    }

    /** Eight hexadecimal digits that tell keys of one name apart. */
    public String id() {
        return HexFormat.of().formatHex(id);
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(concat(new byte[] {ED25519}, key));
    }

    byte[] idBytes() {
        return id.clone();
    }

    boolean hasSigned(byte[] message, byte[] signature) {
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length or form: JDKs differ in whether they throw.
            return false;
        }
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var whole = ByteBuffer.allocate(length);
        for (var part : parts) {
            whole.put(part);
        }
        return whole.array();
    }
}
