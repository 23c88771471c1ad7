package io.points.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricDescriptionsTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void aMetricSaysWhatItIsAndKeepsItsLabels() {
        metrics.config().meterFilter(new MetricDescriptions());
        metrics.counter("points_inbox_dead_letters", "topic", "any").increment();
        metrics.counter("of_others").increment();
        var letters = metrics.get("points_inbox_dead_letters")
                .tag("topic", "any")
                .counter()
                .getId();
        assertEquals("Records that could not be handled and became dead letters, by topic", letters.getDescription());
        assertNull(metrics.get("of_others").counter().getId().getDescription());
    }
}
