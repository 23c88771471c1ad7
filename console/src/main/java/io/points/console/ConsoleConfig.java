package io.points.console;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;

/** Where the services are, and how long one may say nothing. */
@ConfigMapping(prefix = "points.console")
public interface ConsoleConfig {
    /** Where allocation-service is: scheme, host and port. */
    URI allocation();

    /** Where distribution-service is. */
    URI distribution();

    /** Where billing-service is. */
    URI billing();

    /** Where audit-service is. */
    URI audit();

    /** How long a service may say nothing before its answer is no longer awaited. */
    Duration patience();

    /** The same, where the caller has said that it waits: longer than the services' longest wait, 30 s. */
    Duration longPatience();
}
