package io.points.distribution.saga;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The saga's times, under {@code points.saga}. */
@ConfigMapping(prefix = "points.saga")
public interface SagaConfig {

    /** How long the pool may take to answer before the distribution is cancelled. */
    @WithDefault("30s")
    Duration deadline();

    /** After which silence a cancel, refund or return is asked for again; for ever. */
    @WithDefault("30s")
    Duration resendAfter();

    /** How often overdue distributions are looked for. */
    @WithDefault("1s")
    String sweepEvery();

    /** How long an HTTP request waits for the outcome if it does not say. */
    @WithDefault("2s")
    Duration defaultWait();

    /** The longest wait that {@code Prefer: wait=n} can ask for. */
    @WithDefault("30s")
    Duration longestWait();
}
