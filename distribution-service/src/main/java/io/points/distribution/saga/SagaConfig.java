package io.points.distribution.saga;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The saga's times, under {@code points.saga}. */
@ConfigMapping(prefix = "points.saga")
public interface SagaConfig {

    /** How long the pool may take to reply before the distribution is cancelled. */
    @WithDefault("30s")
    Duration deadline();

    /** After which time without a reply a cancellation, refund or return is retried; without limit. */
    @WithDefault("30s")
    Duration resendAfter();

    /** How often overdue distributions are scanned for. */
    @WithDefault("1s")
    String sweepEvery();

    /** How long an HTTP request waits for the outcome by default. */
    @WithDefault("2s")
    Duration defaultWait();

    /** The longest wait that {@code Prefer: wait=n} can request. */
    @WithDefault("30s")
    Duration longestWait();
}
