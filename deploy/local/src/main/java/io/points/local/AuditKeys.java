package io.points.local;

import io.points.audit.proof.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The keys with which one stack's audit-service signs checkpoints: made when first asked for, and kept in a folder that only
 * its owner can read. {@link #PUBLIC_KEYS} in it is what an auditor takes away.
 */
public final class AuditKeys {
    /** The file with the public keys, one verifier key a line. */
    public static final String PUBLIC_KEYS = "public-keys.txt";

    private static final String SIGNING_KEY = "signing-key.pem";
    private static final String NAME = "points-local";

    private final Path folder;

    private AuditKeys(Path folder) {
        this.folder = folder;
    }

    /** Those kept in that folder, which need not exist yet. */
    public static AuditKeys keptIn(Path folder) {
        return new AuditKeys(folder.toAbsolutePath());
    }

    /** The private key, as PEM. */
    public String signingKey() {
        makeIfMissing();
        return read(SIGNING_KEY);
    }

    /** The verifier keys of all public keys, with commas between. */
    public String publicKeys() {
        makeIfMissing();
        return String.join(",", read(PUBLIC_KEYS).lines().toList());
    }

    private synchronized void makeIfMissing() {
        if (Files.exists(folder.resolve(PUBLIC_KEYS))) {
            return;
        }
        SigningKey key = SigningKey.generate(NAME);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(folder.resolve(SIGNING_KEY), key.pem());
            Files.write(folder.resolve(PUBLIC_KEYS), List.of(key.verifier().text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
