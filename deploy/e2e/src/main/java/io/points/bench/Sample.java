package io.points.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one workload gave. */
final class Sample {

    private static final int DIGITS = 3;
    private static final double MICROS = 1_000.0;

    private final Histogram micros = new Histogram(DIGITS);
    private final Map<String, Integer> failures = new TreeMap<>();
    private final long began = System.nanoTime();
    private long ended = began;

    /** An award whose saga is completed and whose answer was read. */
    void completed(long sinceNanos) {
        ended = System.nanoTime();
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(ended - sinceNanos));
    }

    void failed(String how) {
        failures.merge(how, 1, Integer::sum);
    }

    long awards() {
        return micros.getTotalCount();
    }

    Duration time() {
        return Duration.ofNanos(ended - began);
    }

    double perSecond() {
        return awards() / (time().toNanos() / 1e9);
    }

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS;
    }

    Map<String, Integer> failures() {
        return failures;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d awards, %.0f/s, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%s",
                awards(),
                perSecond(),
                millis(50),
                millis(99),
                millis(99.9),
                failures.isEmpty() ? "" : ", failures " + failures);
    }
}
