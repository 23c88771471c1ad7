package io.points.allocation.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The streams of hints, under {@code points.events}. */
@ConfigMapping(prefix = "points.events")
interface EventConfig {

    /** How often one look at the tables is taken for all streams. */
    @WithDefault("1s")
    String lookEvery();

    /** After which a stream ends in any case. */
    @WithDefault("10m")
    Duration longest();

    /** After how much silence a stream says that it is there. */
    @WithDefault("20s")
    Duration beatEvery();
}
