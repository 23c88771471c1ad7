package io.points.testing;

import io.restassured.RestAssured;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the service under test shows to Prometheus. */
public final class Metrics {

    private Metrics() {}

    /** The sum of a metric's series that have all of these labels; empty if there is none. */
    public static OptionalDouble sum(String name, Map<String, String> labels) {
        var values = RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> labels.entrySet().stream()
                        .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\"")))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(values).sum());
    }

    /** Every series, with its labels. */
    static Stream<String> names() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')));
    }

    /** Metrics of ours that say nothing of themselves, and {@code no metric} if there is none at all. */
    public static List<String> withoutHelp() {
        var help = RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("# HELP points_"))
                .map(line -> line.substring("# HELP ".length()))
                .toList();
        return help.isEmpty()
                ? List.of("no metric")
                : help.stream()
                        .filter(line -> line.substring(line.indexOf(' ')).isBlank())
                        .toList();
    }

    /** The sum of all series of a metric; NaN if there is none. */
    public static double sum(String name) {
        return sum(name, Map.of()).orElse(Double.NaN);
    }
}
