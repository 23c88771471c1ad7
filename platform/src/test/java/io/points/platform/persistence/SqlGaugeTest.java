package io.points.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SqlGaugeTest {

    private static final Tags ONE = Tags.of("kind", "one");
    private static final Tags OTHER = Tags.of("kind", "other");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SqlGauge gauge = new SqlGauge("points_figure", metrics);

    @Test
    void nothingIsShownBeforeAnythingIsKnown() {
        assertEquals(Map.of(), shown());
    }

    @Test
    void valuesChangeInPlace() {
        gauge.show(Map.of(ONE, 1.0, OTHER, 2.0));
        assertEquals(Map.of("one", 1.0, "other", 2.0), shown());
        var meter = metrics.get("points_figure").tags(ONE).gauge();
        gauge.show(Map.of(ONE, 3.0, OTHER, 4.0));
        assertEquals(Map.of("one", 3.0, "other", 4.0), shown());
        assertSame(meter, metrics.get("points_figure").tags(ONE).gauge());
    }

    @Test
    void seriesComeAndGo() {
        gauge.show(Map.of(ONE, 1.0));
        gauge.show(Map.of(OTHER, 2.0));
        assertEquals(Map.of("other", 2.0), shown());
        gauge.show(Map.of());
        assertEquals(Map.of(), shown());
    }

    @Test
    void whatIsNotKnownIsNotShownAndComesBackWithItsValue() {
        gauge.show(Map.of(ONE, 1.0));
        gauge.showNothing();
        assertEquals(Map.of(), shown());
        gauge.show(Map.of(ONE, 5.0));
        assertEquals(Map.of("one", 5.0), shown());
    }

    private Map<String, Double> shown() {
        var shown = new TreeMap<String, Double>();
        metrics.find("points_figure")
                .gauges()
                .forEach(it -> shown.put(it.getId().getTag("kind"), it.value()));
        return shown;
    }
}
