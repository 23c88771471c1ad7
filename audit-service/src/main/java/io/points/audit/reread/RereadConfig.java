package io.points.audit.reread;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How sealed records are reread in the background, under {@code points.reread}. */
@ConfigMapping(prefix = "points.reread")
interface RereadConfig {

    /** From one slice to the next. */
    @WithDefault("2s")
    Duration every();

    /** Records of a slice: with {@link #every}, how much of the database's time it may take. 1 to 5,000. */
    @WithDefault("200")
    int records();
}
