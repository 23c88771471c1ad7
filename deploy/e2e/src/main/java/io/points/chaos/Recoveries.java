package io.points.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Recovery times. Safe for many threads. */
final class Recoveries {

    private final List<Duration> times = new ArrayList<>();

    synchronized void add(Duration time) {
        times.add(time);
    }

    synchronized int count() {
        return times.size();
    }

    /** The time that a share of all recoveries did not exceed; zero if there were none. */
    synchronized Duration within(double share) {
        if (times.isEmpty()) {
            return Duration.ZERO;
        }
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
