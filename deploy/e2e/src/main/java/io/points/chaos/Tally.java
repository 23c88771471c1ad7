package io.points.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What was really injected, as opposed to planned. Safe for many threads. */
final class Tally {

    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<String, Integer> others = new TreeMap<>();
    private final Recoveries recoveries = new Recoveries();
    private final Recoveries single = new Recoveries();
    private final Map<String, Recoveries> byKind = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<Rarity, Integer> met = new EnumMap<>(Rarity.class);
    private final AtomicInteger zombies = new AtomicInteger();

    /**
     * A process was killed, and this long after it the system was whole again.
     *
     * @param alone whether no other fault was about from the kill to the recovery
     */
    synchronized void killed(String kind, Duration recovery, boolean alone) {
        kills.merge(kind, 1, Integer::sum);
        recoveries.add(recovery);
        byKind.computeIfAbsent(kind, x -> new Recoveries()).add(recovery);
        if (alone) {
            single.add(recovery);
        }
    }

    synchronized void injected(String kind) {
        others.merge(kind, 1, Integer::sum);
    }

    /** A fault that could not be injected, or after which something did not come back. */
    synchronized void failure(String what) {
        failures.add(what);
    }

    /** A rare state that had to be met was. */
    synchronized void met(Rarity rarity) {
        met.merge(rarity, 1, Integer::sum);
    }

    synchronized int times(Rarity rarity) {
        return met.getOrDefault(rarity, 0);
    }

    /** A frozen process woke up after its partitions had moved. */
    void zombie() {
        zombies.incrementAndGet();
    }

    synchronized Map<String, Integer> kills() {
        return new TreeMap<>(kills);
    }

    synchronized int killed() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized Map<String, Integer> others() {
        return new TreeMap<>(others);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    int zombies() {
        return zombies.get();
    }

    /** How long it took after each kill. */
    Recoveries recoveries() {
        return recoveries;
    }

    /** How long it took after the kills of one kind. */
    synchronized Recoveries recoveries(String kind) {
        return byKind.getOrDefault(kind, new Recoveries());
    }

    /** How long it took after those kills that met no other fault. */
    Recoveries single() {
        return single;
    }
}
