package io.points.allocation.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When alerts are raised, under {@code points.alerts}. Public, for the values are validated at the start. */
@ConfigMapping(prefix = "points.alerts")
public interface AlertsConfig {

    /** How often an instance stores its counted refusals, and checks for due scans; {@code off} disables both. */
    String lookEvery();

    /** How often the pools are looked at, and what has been snoozed or is over. */
    @WithDefault("30s")
    Duration every();

    PoolLow poolLow();

    LargeClawback largeClawback();

    RefusedCalls refusedCalls();

    /** A pool that holds little. */
    interface PoolLow {

        /** Below this share of the monthly average distribution, in percent. */
        @WithDefault("10")
        @Min(1)
        @Max(100)
        int percent();

        /** Over how many days the average is taken, today included. */
        @WithDefault("90")
        @Min(AlertRules.MONTH_DAYS)
        @Max(3_650)
        int days();
    }

    /** A clawback that takes much. */
    interface LargeClawback {

        /** Above this share of what the pool held before it, in percent. */
        @WithDefault("50")
        @Min(0)
        @Max(100)
        int percent();
    }

    /** A caller who is refused again and again. */
    interface RefusedCalls {

        /** So many refusals raise an alert, */
        @WithDefault("5")
        @Min(1)
        @Max(100)
        int limit();

        /** if they lie within this time. Whoever has been quiet for as long is forgotten. */
        @WithDefault("5m")
        Duration window();
    }
}
