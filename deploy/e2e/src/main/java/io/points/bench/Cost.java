package io.points.bench;

import io.points.local.LocalProcess;
import io.points.local.Stack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much processor time each part has used, with all its child processes, and the load generator too.
 *
 * @param used by the name of the part
 */
record Cost(Map<String, Duration> used) {

    private static final String LOAD_GENERATOR = "load generator";

    /** What is used up to now. */
    static Cost of(Stack stack) {
        var used = new LinkedHashMap<String, Duration>();
        for (LocalProcess part : stack.parts()) {
            used.put(part.name(), ProcessHandle.of(part.pid()).map(Cost::whole).orElse(Duration.ZERO));
        }
        used.put(
                LOAD_GENERATOR,
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return new Cost(used);
    }

    private static Duration whole(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What was used since then. */
    Cost since(Cost then) {
        var difference = new LinkedHashMap<String, Duration>();
        used.forEach((part, now) -> difference.put(part, now.minus(then.used.getOrDefault(part, Duration.ZERO))));
        return new Cost(difference);
    }

    /** Of the system, without the load generator. */
    Duration system() {
        return used.entrySet().stream()
                .filter(part -> !part.getKey().equals(LOAD_GENERATOR))
                .map(Map.Entry::getValue)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Microseconds of each part for each of that many awards, by the name of the part. */
    Map<String, Double> micros(long awards) {
        var micros = new LinkedHashMap<String, Double>();
        used.forEach((part, time) -> micros.put(part, time.toNanos() / 1e3 / Math.max(1, awards)));
        return micros;
    }

    /** As {@link #micros}, to be read. */
    String perAward(long awards) {
        return micros(awards).entrySet().stream()
                .map(part -> part.getKey() + " " + Math.round(part.getValue()))
                .collect(Collectors.joining(", ", "µs of processor per award: ", ""));
    }
}
