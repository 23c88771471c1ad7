package io.points.audit.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the audit log is sealed, under {@code points.audit}. The keys have no defaults: without them the service does not
 * start.
 */
@ConfigMapping(prefix = "points.audit")
interface AuditConfig {

    /** The private Ed25519 key that signs, in PKCS #8: PEM, or its base 64 alone. */
    Optional<String> signingKey();

    /**
     * Verifier keys, with commas between: that of the signing key, and of every former one, for as long as somebody keeps a
     * checkpoint that it signed.
     */
    Optional<List<String>> publicKeys();

    /** How often unsealed records are polled for. A tenant gets at most one checkpoint per poll. */
    @WithDefault("1s")
    Duration sealEvery();
}
