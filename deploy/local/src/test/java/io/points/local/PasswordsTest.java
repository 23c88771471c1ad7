package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
    @TempDir
    Path folder;

    @Test
    void eachLoginKeepsItsOwn() throws Exception {
        Path file = folder.resolve("new/passwords.properties");
        String app = Passwords.keptIn(file).of("audit_app");
        String owner = Passwords.keptIn(file).of("audit_owner");

        assertTrue(app.matches("[0-9a-f]{48}"), app);
        assertNotEquals(app, owner);
        assertEquals(app, Passwords.keptIn(file).of("audit_app"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
