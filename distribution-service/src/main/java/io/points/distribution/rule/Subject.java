package io.points.distribution.rule;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose giving or getting is added up: a giver's, what a giver gives by an allowance, a receiver's, that of a pair, what is given out of a
 * department, or the whole tenant's. Ordered as PostgreSQL orders ids.
 *
 * @param giver the nil UUID stands for all
 * @param receiver the nil UUID stands for all; the giver, who never gives to themselves, for all that they give by an allowance
 * @param department the nil UUID stands for all; by an allowance, for what is in no envelope
 */
public record Subject(UUID giver, UUID receiver, UUID department) implements Comparable<Subject> {

    /** Stands for all. */
    public static final UUID ALL = new UUID(0, 0);

    private static final Comparator<Subject> ORDER = Comparator.comparing(
                    (Subject subject) -> subject.giver().toString())
            .thenComparing(subject -> subject.receiver().toString())
            .thenComparing(subject -> subject.department().toString());

    /** The whole tenant. */
    public static final Subject TENANT = new Subject(ALL, ALL);

    /** Whatever it is given out of. */
    public Subject(UUID giver, UUID receiver) {
        this(giver, receiver, ALL);
    }

    public static Subject giver(UUID giver) {
        return new Subject(giver, ALL);
    }

    /**
     * What a giver gives by an allowance, and not out of a budget.
     *
     * @param department out of whose envelope; null: out of none
     */
    public static Subject allowance(UUID giver, @Nullable UUID department) {
        return new Subject(giver, giver, department == null ? ALL : department);
    }

    /** What anybody gives out of a department's envelope. */
    public static Subject department(UUID department) {
        return new Subject(ALL, ALL, department);
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
