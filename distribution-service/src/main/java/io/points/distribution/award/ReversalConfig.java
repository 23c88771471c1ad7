package io.points.distribution.award;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Until when an award can be reversed, under {@code points.reversals}. */
@ConfigMapping(prefix = "points.reversals")
public interface ReversalConfig {

    /** How long whoever gave it can. */
    @WithDefault("24h")
    Duration giverWithin();

    /** How long any manager of the tenant can. */
    @WithDefault("30d")
    Duration managerWithin();
}
