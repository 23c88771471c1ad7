package io.points.local;

import java.nio.file.Path;
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

    /** Where the services were built: a copy of the repository. */
    default Path built() {
        return Repository.root();
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
