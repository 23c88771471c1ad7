package io.points.distribution.rule;

import org.jspecify.annotations.Nullable;

/** What is known when something is judged. */
@FunctionalInterface
public interface Known {

    /** What a subject has given or got in the present windows. */
    Tally of(Subject subject);

    /** The same that was given before, not long ago; null: there is none that is known of. */
    default @Nullable Twin twin(Giving giving) {
        return null;
    }
}
