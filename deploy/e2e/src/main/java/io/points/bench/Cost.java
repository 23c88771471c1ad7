package io.points.bench;

import io.points.local.LocalProcess;
import io.points.local.Stack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much processor time each part has used, with all its child processes, and the load generator too. */
final class Cost {

    private final Map<String, Duration> used = new LinkedHashMap<>();

    /** What is used up to now. */
    static Cost of(Stack stack) {
        var cost = new Cost();
        for (LocalProcess part : stack.parts()) {
            cost.used.put(
                    part.name(), ProcessHandle.of(part.pid()).map(Cost::whole).orElse(Duration.ZERO));
        }
        cost.used.put(
                "load generator",
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return cost;
    }

    private static Duration whole(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Per award since then, in microseconds. */
    String perAwardSince(Cost then, long awards) {
        return used.entrySet().stream()
                .map(part -> part.getKey() + " "
                        + part.getValue().minus(then.used.get(part.getKey())).toNanos() / 1_000 / Math.max(1, awards))
                .collect(Collectors.joining(", ", "µs of processor per award: ", ""));
    }
}
