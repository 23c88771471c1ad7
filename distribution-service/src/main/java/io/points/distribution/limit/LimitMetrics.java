package io.points.distribution.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.distribution.rule.Rule.Of;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;

/** How often rules refuse something, by what they add up. What is only looked at beforehand does not count. */
@ApplicationScoped
class LimitMetrics {

    private final Map<Of, Counter> refusals = new EnumMap<>(Of.class);

    LimitMetrics(MeterRegistry metrics) {
        for (var of : Of.values()) {
            if (of.canRefuse()) {
                refusals.put(of, metrics.counter("points_limit_refusals", "of", of.word()));
            }
        }
    }

    /** Shows them before anything is refused. */
    void start(@Observes StartupEvent event) {}

    void refused(Of of) {
        refusals.get(of).increment();
    }
}
