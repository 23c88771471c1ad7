package io.points.platform.time;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Has {@link BusinessTime} follow {@code points.clock.file}, before anything else begins. */
@ApplicationScoped
class MovedClock {

    private static final Logger LOG = Logger.getLogger(MovedClock.class);

    private final Optional<String> file;

    MovedClock(@ConfigProperty(name = "points.clock.file") Optional<String> file) {
        this.file = file;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        BusinessTime.follow(file.map(Path::of).map(ClockFile::new).orElse(null));
        file.ifPresent(set -> LOG.warnf(
                "points.clock.file is set, for a demonstration: business times are ahead of the system's, as %s says",
                set));
    }
}
