package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * A user's access token, kept so that the next command need not log in again: the script {@code points} reads it by itself,
 * in milliseconds. Its one line is when it is too old to be given away (seconds since 1970), a blank, and the token; only
 * its owner can read it. A start of the stack forgets all of them, since another port is another issuer.
 */
final class TokenFile {
    /** Half of a token's life: whoever gets one has as much left. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(7);

    private static final String FOLDER = "tokens";

    private TokenFile() {}

    /** Keeps the token of a user for whom it can be found again by a plain file name. */
    static void keep(Path stack, String user, String token, Instant now) throws IOException {
        if (!user.matches("[a-z0-9-]+")) {
            return;
        }
        Path folder = Files.createDirectories(stack.resolve(FOLDER));
        Path next = Files.createTempFile(
                folder,
                ".next",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, now.plus(GOOD_FOR).getEpochSecond() + " " + token + "\n");
        Files.move(next, folder.resolve(user), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void forgetAll(Path stack) {
        try {
            Cache.delete(stack.resolve(FOLDER));
        } catch (IOException e) {
            throw new CannotStartException(
                    "Tokens of an earlier start cannot be deleted: " + Sentence.reason(e) + ".", e);
        }
    }
}
