package io.points.e2e;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Exact comparisons, gathered: what is missing, what is too much, what is not the same. */
public final class Differences {

    private static final int EXAMPLES = 5;

    private final List<String> found = new ArrayList<>();

    /** Both hold the same elements. */
    public void same(String what, Set<?> expected, Set<?> actual) {
        var missing = new HashSet<Object>(expected);
        missing.removeAll(actual);
        var tooMuch = new HashSet<Object>(actual);
        tooMuch.removeAll(expected);
        if (!missing.isEmpty() || !tooMuch.isEmpty()) {
            add(what + ": " + some("missing", missing) + some("too much", tooMuch));
        }
    }

    /** Both hold the same keys with the same values. */
    public void same(String what, Map<?, ?> expected, Map<?, ?> actual) {
        var keys = new HashSet<Object>(expected.keySet());
        keys.addAll(actual.keySet());
        keys.removeIf(key -> Objects.equals(expected.get(key), actual.get(key)));
        if (!keys.isEmpty()) {
            add(what + ": "
                    + some(
                            "different",
                            keys.stream()
                                    .map(key -> key + " (" + expected.get(key) + " expected, " + actual.get(key)
                                            + " found)")
                                    .toList()));
        }
    }

    /** Both are equal. */
    public void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            add(what + ": " + expected + " expected, " + actual + " found");
        }
    }

    /** There are none. */
    public void none(String what, Collection<?> elements) {
        if (!elements.isEmpty()) {
            add(what + ": " + some("found", elements));
        }
    }

    /** Something else that is not as it must be. */
    public void add(String difference) {
        found.add(difference.strip());
    }

    /** All that was found; empty if all is well. */
    public List<String> found() {
        return List.copyOf(found);
    }

    private static String some(String how, Collection<?> elements) {
        if (elements.isEmpty()) {
            return "";
        }
        var examples = elements.stream().limit(EXAMPLES).map(String::valueOf).toList();
        return elements.size() + " " + how + ", such as " + String.join(", ", examples) + "; ";
    }
}
