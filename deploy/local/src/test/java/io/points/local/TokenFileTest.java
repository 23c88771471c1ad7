package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsKeptForItsOwnerAloneUntilHalfItsLifeIsOver() throws IOException {
        TokenFile.keep(folder, "triton-manager", "abc.def.ghi", Instant.ofEpochSecond(1_000));
        Path file = folder.resolve("tokens/triton-manager");
        assertEquals("1420 abc.def.ghi\n", Files.readString(file));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        TokenFile.forgetAll(folder);
        assertFalse(Files.exists(file));
    }

    @Test
    void aNameThatIsNoPlainFileNameIsNotKept() throws IOException {
        TokenFile.keep(folder, "../passwords", "abc", Instant.EPOCH);
        assertFalse(Files.exists(folder.resolve("tokens")));
    }
}
