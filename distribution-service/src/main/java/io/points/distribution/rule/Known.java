package io.points.distribution.rule;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known when something is judged. */
@FunctionalInterface
public interface Known {

    /** What a subject has given or got in the present windows. */
    Tally of(Subject subject);

    /** How many points more a giver may give by an allowance in the present month. */
    default long boost(UUID giver) {
        return 0;
    }

    /** The same that was given before, not long ago; null: there is none that is known of. */
    default @Nullable Twin twin(Giving giving) {
        return null;
    }
}
