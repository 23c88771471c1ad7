package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint with its signatures, as text: a signed note of C2SP's {@code signed-note}. Other programs that know the
 * format can check it.
 *
 * @param text the whole note
 */
public record Note(String text, Checkpoint checkpoint, List<Signed> signatures) {

    static final String DASH = "\u2014 ";

    /** A signature, as it says itself; {@link #signer} checks it. */
    public record Signed(String name, byte[] keyId, byte[] signature) {}

    /** @throws IllegalArgumentException if it is not a checkpoint with at least one signature; the text says why */
    public static Note parse(String text) {
        int end = text.lastIndexOf("\n\n");
        if (end < 0 || !text.endsWith("\n")) {
            throw new IllegalArgumentException(
                    "a signed note has an empty line before its signatures, and ends with a line");
        }
        var signatures = new ArrayList<Signed>();
        for (var line : text.substring(end + 2).split("\n")) {
            signatures.add(signature(line));
        }
        return new Note(text, Checkpoint.parse(text.substring(0, end + 1)), List.copyOf(signatures));
    }

    private static Signed signature(String line) {
        var parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ") : new String[0];
        if (parts.length != 2) {
            throw new IllegalArgumentException("a signature is a line of an em dash, a key's name and a base 64 text");
        }
        var bytes = Base64.getDecoder().decode(parts[1]);
        if (bytes.length <= VerifierKey.ID_LENGTH) {
            throw new IllegalArgumentException("the signature of " + parts[0] + " is too short");
        }
        return new Signed(
                parts[0],
                Arrays.copyOf(bytes, VerifierKey.ID_LENGTH),
                Arrays.copyOfRange(bytes, VerifierKey.ID_LENGTH, bytes.length));
    }

    /** The first of these keys that has signed it; none if none has. */
    public Optional<VerifierKey> signer(Collection<VerifierKey> keys) {
        var signed = checkpoint.text().getBytes(UTF_8);
        return keys.stream()
                .filter(key -> signatures.stream()
                        .anyMatch(it -> it.name().equals(key.name())
                                && Arrays.equals(it.keyId(), key.idBytes())
                                && key.hasSigned(signed, it.signature())))
                .findFirst();
    }
}
