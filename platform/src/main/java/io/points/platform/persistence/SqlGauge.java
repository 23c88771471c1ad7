package io.points.platform.persistence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gauge that is shown as long as its figures are known. While the same series are shown, their values change in place: to take
 * a series out and put it back would make it absent for whoever looks in between.
 */
public final class SqlGauge {

    private final MultiGauge gauge;
    private Map<Tags, AtomicReference<Double>> shown = Map.of();

    public SqlGauge(String name, MeterRegistry metrics) {
        gauge = MultiGauge.builder(name).register(metrics);
    }

    /** Shows these series, and no others. */
    public synchronized void show(Map<Tags, Double> values) {
        if (!shown.keySet().equals(values.keySet())) {
            var series = new HashMap<Tags, AtomicReference<Double>>();
            values.keySet().forEach(tags -> series.put(tags, new AtomicReference<>(values.get(tags))));
            gauge.register(
                    series.entrySet().stream()
                            .<MultiGauge.Row<?>>map(
                                    it -> MultiGauge.Row.of(it.getKey(), it.getValue(), AtomicReference::get))
                            .toList(),
                    true);
            shown = series;
        }
        values.forEach((tags, value) -> shown.get(tags).set(value));
    }

    /** Shows nothing: what is not known is not 0. */
    public synchronized void showNothing() {
        gauge.register(List.of(), true);
        shown = Map.of();
    }
}
