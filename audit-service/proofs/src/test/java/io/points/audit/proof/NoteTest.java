package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.Vectors;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    private static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final Checkpoint CHECKPOINT =
            new Checkpoint(TENANT, 7, new TreeHasher().digest(new byte[0]), Instant.parse("2026-11-25T10:11:12.5Z"));

    private final SigningKey key = TestKeys.of("points-2026", 1);

    @Test
    void aCheckpointIsFourLines() {
        var text = """
                points.audit/550e8400-e29b-41d4-a716-446655440000
                7
                47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
                time 2026-11-25T10:11:12.500000Z
                """;
        assertEquals(text, CHECKPOINT.text());
        assertEquals(CHECKPOINT, Checkpoint.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "points.audit/550e8400-e29b-41d4-a716-446655440000| points.audit/550e8400-e29b-41d4-a716-446655440000",
                "points.audit/550e8400|points.audit/550E8400",
                "points.audit/550e8400-e29b-41d4-a716-446655440000|points.audit/1-1-1-1-1",
                "points.audit/|points.other/",
                "\n7\n|\n07\n",
                "\n7\n|\n-7\n",
                "\n7\n|\n+7\n",
                "\n7\n|\n\n7\n",
                "47DE|47D=",
                "47DE|",
                "time 2026|time  2026",
                ".500000Z|.5Z",
                ".500000Z|.500000+00:00",
                "time |at ",
                "Z\n|Z\nmore\n",
                "Z\n|Z",
            })
    void anythingElseIsNone(String change) {
        var parts = change.split("\\|", -1);
        var other = CHECKPOINT.text().replace(parts[0], parts[1]);
        assertFalse(other.equals(CHECKPOINT.text()));
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(other));
        var signed = key.sign(CHECKPOINT).text().replace(CHECKPOINT.text(), other);
        assertThrows(IllegalArgumentException.class, () -> Vectors.signer(signed, List.of(key.verifier())));
    }

    @Test
    void whoSignedIsFoundByTheKey() {
        var note = key.sign(CHECKPOINT);
        var stranger = TestKeys.of("points-2026", 2).verifier();

        assertEquals(CHECKPOINT, Note.parse(note.text()).checkpoint());
        assertTrue(note.text().startsWith(CHECKPOINT.text() + "\n\u2014 points-2026 "));
        assertEquals(Optional.of(key.verifier()), Vectors.signer(note.text(), List.of(stranger, key.verifier())));
        assertEquals(Optional.empty(), Vectors.signer(note.text(), List.of(stranger)));
        assertEquals(Optional.empty(), Vectors.signer(note.text(), List.of()));
    }

    @Test
    void aSignatureIsOfOneCheckpointOneNameAndOneKey() {
        var note = key.sign(CHECKPOINT);
        var renamed = VerifierKey.parse(key.verifier().text());
        assertEquals(1, note.signatures().size());

        for (var other : List.of(
                note.text().replace("\n7\n", "\n8\n"),
                note.text().replace("\u2014 points-2026", "\u2014 points-2027"),
                note.text().replace(".500000Z", ".500001Z"))) {
            assertFalse(other.equals(note.text()));
            assertEquals(Optional.empty(), Vectors.signer(other, List.of(renamed)), other);
        }
        var bytes = Base64.getDecoder().decode(note.text().strip().split(" ")[3]);
        for (int i : List.of(0, 4, bytes.length - 1)) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            var other = note.text()
                    .replace(
                            Base64.getEncoder().encodeToString(bytes),
                            Base64.getEncoder().encodeToString(changed));
            assertEquals(Optional.empty(), Vectors.signer(other, List.of(renamed)), other);
        }
        var cut = note.text()
                .replace(
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 30)));
        assertEquals(Optional.empty(), Vectors.signer(cut, List.of(renamed)));
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        var next = TestKeys.of("points-2027", 3);
        var note = key.sign(CHECKPOINT).text();
        var both = note + next.sign(CHECKPOINT).text().split("\n\n")[1];

        assertEquals(Optional.of(key.verifier()), Vectors.signer(both, List.of(key.verifier())));
        assertEquals(Optional.of(next.verifier()), Vectors.signer(both, List.of(next.verifier())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "a\n\n\u2014 b c",
                "a\n\nb c\n",
                "a\n\n\u2014 b\n",
                "a\n\n\u2014 b !\n",
                "a\n\n\u2014 b AAAA\n"
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Vectors.signer(text.replace("a\n", CHECKPOINT.text()), List.of()));
    }

    /** The example in the documentation of Go's package golang.org/x/mod/sumdb/note. */
    @Test
    void keysAndSignaturesAreThoseOfOtherProgramsToo() {
        var text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        var neumann = Vectors.key(text);
        var signed =
                "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        var signature = Base64.getDecoder()
                .decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");

        assertEquals("PeterNeumann", neumann.name());
        assertEquals("c74f20a3", neumann.id());
        assertEquals(text, neumann.text());
        assertTrue(neumann.hasSigned(signed.getBytes(UTF_8), Arrays.copyOfRange(signature, 4, signature.length)));
        assertFalse(neumann.hasSigned(new byte[0], Arrays.copyOfRange(signature, 4, signature.length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "JohnNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc",
                "PeterNeumann+c74f20a3+!",
            })
    void whatIsNoVerifierKeyIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Vectors.key(text));
    }

    @Test
    void aSigningKeyIsReadFromItsPemOrItsBase64() {
        var base64 = key.pem().lines().toList().get(1);
        for (var written : List.of(key.pem(), base64)) {
            var read =
                    SigningKey.of(written, List.of(SigningKey.generate("other").verifier(), key.verifier()));
            assertEquals(key.verifier(), read.verifier());
            assertEquals(key.sign(CHECKPOINT).text(), read.sign(CHECKPOINT).text());
        }
    }

    @Test
    void aSigningKeyWithoutItsPublicHalfIsRefused() {
        var stranger = SigningKey.generate("points-2026").verifier();
        var fault = assertThrows(IllegalArgumentException.class, () -> SigningKey.of(key.pem(), List.of(stranger)));
        assertEquals("none of the public keys belongs to the signing key", fault.getMessage());
        for (var bad : List.of("", "key", "AAAA")) {
            assertThrows(IllegalArgumentException.class, () -> SigningKey.of(bad, List.of(key.verifier())), bad);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a+b", "a\n"})
    void aNameThatWouldBreakANoteIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> SigningKey.generate(name));
    }
}
