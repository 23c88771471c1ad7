package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.audit.proof.SigningKey;
import io.points.audit.proof.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeysTest {
    @TempDir
    Path folder;

    @Test
    void aStackKeepsItsKeys() throws Exception {
        Path keys = folder.resolve("audit-keys");
        String signing = AuditKeys.keptIn(keys).signingKey();
        VerifierKey verifier = VerifierKey.parse(AuditKeys.keptIn(keys).publicKeys());

        assertEquals(verifier, SigningKey.of(signing, List.of(verifier)).verifier());
        assertEquals(signing, AuditKeys.keptIn(keys).signingKey());
        assertEquals(List.of(verifier.text()), Files.readAllLines(keys.resolve(AuditKeys.PUBLIC_KEYS)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
    }
}
