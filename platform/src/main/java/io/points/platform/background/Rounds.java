package io.points.platform.background;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The rounds of this instance's background work. Each shows when it last succeeded, as
 * {@code points_round_last_success_timestamp_seconds{round="…"}}; the alert {@code PointsRoundOverdue} fires when that is too
 * long ago. A new round needs its threshold there.
 */
@ApplicationScoped
public class Rounds {

    static final String LAST_SUCCESS = "points_round_last_success_timestamp_seconds";

    private final MeterRegistry metrics;
    private final ConcurrentMap<String, Round> rounds = new ConcurrentHashMap<>();

    public Rounds(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * The round of that name. Ask for it when the service starts: its age counts from then, so that a round that never
     * succeeds grows old too.
     *
     * @param name what the round does, in lower case with underscores; the same for all instances
     */
    public Round round(String name) {
        return rounds.computeIfAbsent(name, this::register);
    }

    private Round register(String name) {
        var round = new Round();
        Gauge.builder(LAST_SUCCESS, round, Round::lastSuccess)
                .tag("round", name)
                .register(metrics);
        return round;
    }
}
