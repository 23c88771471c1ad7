package io.points.local;

import java.util.List;
import java.util.Map;

/** What a stack with a purpose of its own, such as a fault harness, has otherwise than the usual one. */
public interface Wiring {
    /** Nothing. */
    Wiring USUAL = new Wiring() {};

    /** Lines for the broker's settings, {@code key=value}; they override the usual ones. */
    default List<String> brokerSettings() {
        return List.of();
    }

    /**
     * What an instance of a service finds in its environment, asked for at each of its starts; it overrides the usual.
     *
     * @param instance the instance's name
     */
    default Map<String, String> environment(String instance) {
        return Map.of();
    }
}
