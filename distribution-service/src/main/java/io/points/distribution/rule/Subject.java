package io.points.distribution.rule;

import java.util.Comparator;
import java.util.UUID;

/**
 * Whose giving or getting is added up: a giver's, what a giver gives out of the pool, a receiver's, that of a pair, or the whole tenant's.
 * Ordered as PostgreSQL orders ids.
 *
 * @param giver the nil UUID stands for all
 * @param receiver the nil UUID stands for all; the giver, who never gives to themselves, for all that comes out of the pool
 */
public record Subject(UUID giver, UUID receiver) implements Comparable<Subject> {

    /** Stands for all. */
    public static final UUID ALL = new UUID(0, 0);

    private static final Comparator<Subject> ORDER = Comparator.comparing(
                    (Subject subject) -> subject.giver().toString())
            .thenComparing(subject -> subject.receiver().toString());

    /** The whole tenant. */
    public static final Subject TENANT = new Subject(ALL, ALL);

    public static Subject giver(UUID giver) {
        return new Subject(giver, ALL);
    }

    /** What a giver gives out of the pool, and not out of a budget. */
    public static Subject poolOf(UUID giver) {
        return new Subject(giver, giver);
    }

    /** Whether all of what somebody gives at once is added up, and not what one receiver gets of it. */
    boolean isOfAllReceivers() {
        return receiver.equals(ALL) || receiver.equals(giver);
    }

    public static Subject receiver(UUID receiver) {
        return new Subject(ALL, receiver);
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}
