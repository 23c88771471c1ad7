package io.points.testing;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong, to say all of it at once: many small checks share one start of a service. */
final class Findings {

    private final List<String> found = new ArrayList<>();
    private int checks;

    synchronized void check(boolean holds, String otherwise) {
        checks++;
        if (!holds) {
            found.add(otherwise);
        }
    }

    /** Fails with the whole list; fails too if nothing was looked at. */
    synchronized void assertNone() {
        if (checks == 0) {
            throw new AssertionError("Nothing was checked");
        }
        if (!found.isEmpty()) {
            throw new AssertionError("%s of %s checks failed:%n%s"
                    .formatted(found.size(), checks, String.join(System.lineSeparator(), found)));
        }
    }
}
