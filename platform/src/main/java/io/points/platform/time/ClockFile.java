package io.points.platform.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * By how much business times are ahead of the system's: a duration of ISO 8601 in a file, such as {@code PT768H}, which
 * can be replaced at any time. Time does not go back: a shorter one than before is ignored, and so is what is no duration.
 */
final class ClockFile {

    private static final Logger LOG = Logger.getLogger(ClockFile.class);

    private final Path file;
    private Duration ahead;
    private @Nullable FileTime readAt;

    /** @throws IllegalArgumentException if it has no duration, or one below zero */
    ClockFile(Path file) {
        this.file = file;
        ahead = Duration.ZERO;
        var modified = modified();
        if (modified == null) {
            throw new IllegalArgumentException("points.clock.file: %s is missing".formatted(file));
        }
        ahead = read();
        readAt = modified;
    }

    /** As it stands in the file now; as it stood there last if that cannot be read. */
    synchronized Duration ahead() {
        var modified = modified();
        if (modified == null || modified.equals(readAt)) {
            return ahead;
        }
        readAt = modified;
        try {
            move(read());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.errorf("%s; business times stay %s ahead", e.getMessage(), ahead);
        }
        return ahead;
    }

    private void move(Duration next) {
        if (next.compareTo(ahead) < 0) {
            LOG.errorf("points.clock.file: time does not go back from %s to %s", ahead, next);
            return;
        }
        LOG.warnf("Business times are %s ahead of the system's", next);
        ahead = next;
    }

    private Duration read() {
        try {
            var text = Files.readString(file).strip();
            var read = Duration.parse(text);
            if (read.isNegative()) {
                throw new IllegalArgumentException("points.clock.file: %s is below zero".formatted(text));
            }
            return read;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "points.clock.file: %s does not hold a duration such as PT768H".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When it was last replaced; null if it is not there. */
    private @Nullable FileTime modified() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }
}
