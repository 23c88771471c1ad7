package io.points.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The clocks of a stack whose services' business times can be moved on, each by itself: a file per instance, with the duration by which it
 * is ahead of the system's ({@code points.clock.file}).
 */
public final class Clocks implements Wiring {
    private final Path folder;

    /** @param stack the folder of the stack's data */
    public Clocks(Path stack) {
        folder = stack.resolve("clocks");
    }

    @Override
    public Map<String, String> environment(String instance) {
        Path file = folder.resolve(instance);
        if (!Files.exists(file)) {
            write(instance, Duration.ZERO);
        }
        return Map.of("POINTS_CLOCK_FILE", file.toString());
    }

    /** Moves a service's clock; it goes by it from its next look at the time on. A clock that is ahead of that already stays. */
    public void move(Service service, Duration ahead) {
        move(service.module(), ahead);
    }

    /** Moves the clock of one instance. */
    public void move(String instance, Duration ahead) {
        write(instance, ahead);
    }

    private void write(String instance, Duration ahead) {
        try {
            Files.createDirectories(folder);
            Path next = Files.writeString(folder.resolve(instance + ".next"), ahead + "\n");
            Files.move(
                    next,
                    folder.resolve(instance),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
