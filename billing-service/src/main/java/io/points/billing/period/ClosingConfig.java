package io.points.billing.period;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How months are closed. */
@ConfigMapping(prefix = "points.billing.closing")
interface ClosingConfig {

    /** Whether somebody else than whoever soft-closed a month must close it. */
    @WithDefault("false")
    boolean secondPerson();
}
