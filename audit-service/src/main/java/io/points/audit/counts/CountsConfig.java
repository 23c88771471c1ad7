package io.points.audit.counts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How sealed records are counted, under {@code points.counts}. */
@ConfigMapping(prefix = "points.counts")
interface CountsConfig {

    /** How often it is looked whose records are to be counted. */
    @WithDefault("2s")
    Duration lookEvery();

    /** How long a tenant's newest leaves wait to be counted after it was counted last: so often it is told what it comes to, at most. */
    @WithDefault("60s")
    Duration every();
}
