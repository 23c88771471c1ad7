package io.points.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The passwords of one stack's logins: made at random when first asked for, and kept in a file of mode 600. */
public final class Passwords {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;

    private Passwords(Path file) {
        this.file = file;
    }

    /** Those kept in that file, which need not exist yet. */
    public static Passwords keptIn(Path file) {
        return new Passwords(file.toAbsolutePath());
    }

    /** The password of a login: lower-case hexadecimal digits. */
    public String of(String login) {
        synchronized (Passwords.class) {
            Properties known = read();
            String password = known.getProperty(login);
            if (password == null) {
                byte[] bytes = new byte[BYTES];
                RANDOM.nextBytes(bytes);
                password = HexFormat.of().formatHex(bytes);
                known.setProperty(login, password);
                write(known);
            }
            return password;
        }
    }

    private Properties read() {
        Properties properties = new Properties();
        try {
            if (Files.exists(file)) {
                properties.load(new StringReader(Files.readString(file)));
            }
            return properties;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new CannotStartException(
                    file
                            + " is damaged, and with it the passwords of this stack: put it back, or begin anew with reset.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Properties properties) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(
                    file.getParent(),
                    "passwords",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            StringWriter text = new StringWriter();
            properties.store(text, null);
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
