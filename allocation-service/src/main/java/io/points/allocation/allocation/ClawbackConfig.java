package io.points.allocation.allocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** When a clawback takes two people, under {@code points.clawback}. Public, for the values are validated at the start. */
@ConfigMapping(prefix = "points.clawback")
public interface ClawbackConfig {

    /** Above this share of what the pool would hold had nothing been clawed back in the last 24 hours, in percent; 100 for never. */
    @WithDefault("50")
    @Min(0)
    @Max(100)
    int twoPeoplePercent();
}
