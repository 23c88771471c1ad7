package io.points.bench;

import io.points.local.LocalProcess;
import io.points.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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

    /** Counted after the state, which is field 3. */
    private static final int FIRST_TIME = 14 - 3;

    private static final int LAST_TIME = 17 - 3;
    private static final Duration TICK = Duration.ofMillis(10);
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

    /**
     * What a process has used, with all that it has started. A child that has ended counts for its parent, as PostgreSQL's server
     * processes do when a connection is closed.
     */
    static Duration whole(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> withEndedChildren(one.pid()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Of itself and of its children that have ended: proc(5), fields 14 to 17. */
    private static Duration withEndedChildren(long pid) {
        try {
            var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name may contain blanks and brackets.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(fields, FIRST_TIME, LAST_TIME + 1)
                    .map(ticks -> TICK.multipliedBy(Long.parseLong(ticks)))
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            // It has ended meanwhile, and counts for its parent.
            return Duration.ZERO;
        }
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
