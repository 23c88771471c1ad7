package io.points.distribution.rule;

import java.time.Duration;
import java.util.UUID;

/**
 * What is the same as something that is asked for, and was asked for before.
 *
 * @param id of the newest
 * @param ago how long before
 */
public record Twin(UUID id, Duration ago) {

    /** What twins have in common. */
    public record Key(UUID giver, GivingKind kind, UUID receiver, long points) {

        /** Of one that goes to one receiver. */
        public static Key of(Giving giving) {
            var part = giving.parts().get(0);
            return new Key(giving.giver(), giving.kind(), part.receiver(), part.points());
        }
    }

    boolean isWithin(long minutes) {
        return !left(minutes).isNegative();
    }

    /** How long from now on it is still within so many minutes; negative if it is not. */
    public Duration left(long minutes) {
        return Duration.ofMinutes(minutes).minus(ago);
    }
}
