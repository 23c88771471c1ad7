package io.points.audit.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.proof.SigningKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointKeysTest {

    private final SigningKey former = SigningKey.generate("points-2026");
    private final SigningKey current = SigningKey.generate("points-2027");

    @Test
    void oneKeySignsAndFormerOnesStayListed() {
        var keys =
                keys(current.pem(), former.verifier().text(), current.verifier().text());

        assertEquals(current.verifier().text(), keys.signing().verifier().text());
        assertEquals(
                List.of("points-2026", "points-2027"),
                keys.all().stream().map(key -> key.name()).toList());
    }

    @Test
    void withoutKeysTheServiceDoesNotStart() {
        assertRefused(
                "POINTS_AUDIT_SIGNING_KEY is not set", null, current.verifier().text());
        assertRefused("POINTS_AUDIT_PUBLIC_KEYS is not set", current.pem());
    }

    @Test
    void keysThatDoNotFitAreRefused() {
        assertRefused(
                "none of the public keys belongs to the signing key",
                current.pem(),
                former.verifier().text());
        assertRefused(
                "the signing key is no Ed25519 key",
                "nothing",
                current.verifier().text());
        assertRefused("a verifier key is a name", current.pem(), "nothing");
    }

    private static void assertRefused(String why, @Nullable String signing, String... verifiers) {
        var refusal = assertThrows(IllegalStateException.class, () -> keys(signing, verifiers));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private static CheckpointKeys keys(@Nullable String signing, String... verifiers) {
        return new CheckpointKeys(new AuditConfig() {
            @Override
            public Optional<String> signingKey() {
                return Optional.ofNullable(signing);
            }

            @Override
            public Optional<List<String>> publicKeys() {
                return verifiers.length == 0 ? Optional.empty() : Optional.of(Arrays.asList(verifiers));
            }

            @Override
            public Duration sealEvery() {
                return Duration.ofSeconds(1);
            }
        });
    }
}
