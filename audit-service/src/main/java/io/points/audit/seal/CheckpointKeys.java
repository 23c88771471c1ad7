package io.points.audit.seal;

import io.points.audit.proof.SigningKey;
import io.points.audit.proof.VerifierKey;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The key that signs checkpoints, and the public keys that they can be checked with. */
@ApplicationScoped
public class CheckpointKeys {

    private final SigningKey signing;
    private final List<VerifierKey> all;

    CheckpointKeys(AuditConfig config) {
        var signingKey = config.signingKey()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "POINTS_AUDIT_SIGNING_KEY is not set: audit-service needs a"
                                        + " private Ed25519 key (PKCS #8) to sign checkpoints with. ./points audit new-key makes one."));
        var publicKeys = config.publicKeys()
                .orElseThrow(
                        () -> new IllegalStateException("POINTS_AUDIT_PUBLIC_KEYS is not set: audit-service needs the"
                                + " verifier keys of its signing key and of all former ones, with commas between."));
        try {
            all = publicKeys.stream().map(VerifierKey::parse).toList();
            signing = SigningKey.of(signingKey, all);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "POINTS_AUDIT_SIGNING_KEY and POINTS_AUDIT_PUBLIC_KEYS do not fit: " + e.getMessage(), e);
        }
    }

    /** A service without keys must not start, and then fail at its first record. */
    void require(@Observes StartupEvent event) {}

    public SigningKey signing() {
        return signing;
    }

    /** All of them, in the order of the configuration. */
    public List<VerifierKey> all() {
        return all;
    }
}
