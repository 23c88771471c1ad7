package io.points.allocation.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest refusals of each caller: as many of each as raise an alert, and of so many callers, whatever comes in. Callers
 * beyond those are taken together. Plain Java.
 */
final class RefusedCalls {

    /** Callers that are counted separately. */
    static final int MOST_CALLERS = 100;

    private final int limit;
    private final Map<Caller, List<Instant>> times = new LinkedHashMap<>();

    /**
     * Somebody who calls.
     *
     * @param name the subject of the token, else {@code address} and the address
     * @param tenantId the tenant of the token; null for the platform's own people and whoever has no token
     */
    record Caller(String name, @Nullable UUID tenantId) {

        private static final String ADDRESS = "address";

        static final Caller OTHERS = new Caller("others", null);

        static Caller at(String address) {
            return new Caller(ADDRESS + " " + address, null);
        }

        /** What an event may tell of the name: addresses belong to persons, and events are kept for ever. */
        static String told(String name) {
            return name.startsWith(ADDRESS + " ") ? ADDRESS : name;
        }
    }

    /**
     * A caller who was refused too often.
     *
     * @param within between the first and the last of the refusals that count
     */
    record Suspect(Caller caller, Duration within) {}

    /** @param limit how many refusals in a short time raise an alert, at least 1 */
    RefusedCalls(int limit) {
        this.limit = limit;
    }

    /** Times may come in any order; the newest are kept. */
    void add(Caller caller, Instant at) {
        var newest = times.computeIfAbsent(fits(caller) ? caller : Caller.OTHERS, known -> new ArrayList<>());
        newest.add(at);
        newest.sort(null);
        if (newest.size() > limit) {
            newest.remove(0);
        }
    }

    private boolean fits(Caller caller) {
        int toldApart = times.size() - (times.containsKey(Caller.OTHERS) ? 1 : 0);
        return times.containsKey(caller) || toldApart < MOST_CALLERS;
    }

    void addAll(RefusedCalls others) {
        others.each(this::add);
    }

    /** Each refusal that is kept. */
    void each(BiConsumer<Caller, Instant> seen) {
        times.forEach((caller, newest) -> newest.forEach(at -> seen.accept(caller, at)));
    }

    /** Forgets whoever has been quiet for longer than that. */
    void forget(Duration window, Instant now) {
        times.values().removeIf(newest -> !AlertRules.within(window, newest.get(newest.size() - 1), now));
    }

    /** Those of whom as many refusals as raise an alert lie within that time. */
    List<Suspect> suspects(Duration window) {
        var suspects = new ArrayList<Suspect>();
        times.forEach((caller, newest) -> {
            var within = Duration.between(newest.get(0), newest.get(newest.size() - 1));
            if (newest.size() == limit && within.compareTo(window) <= 0) {
                suspects.add(new Suspect(caller, within));
            }
        });
        return suspects;
    }

    Set<Caller> callers() {
        return times.keySet();
    }

    boolean isEmpty() {
        return times.isEmpty();
    }
}
