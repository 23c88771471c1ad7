package io.points.distribution.rule;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a tenant's rules say of what somebody asks to give. */
public sealed interface Verdict {

    /** No rule objects. */
    record Allowed() implements Verdict {}

    /** It would come out of the pool, and no rule gives an allowance to whoever gives it. */
    record NoAllowance() implements Verdict {}

    /** A rule refuses it. */
    record Refused(Excess excess) implements Verdict {}

    /**
     * It waits until others have approved it.
     *
     * @param levels by so many people, 1 … 3
     * @param hours within so many hours, 1 … 720
     */
    record NeedsApproval(Rule rule, int levels, int hours) implements Verdict {}

    /**
     * By which rule it is too much.
     *
     * @param inPoints whether the limit is points, and not a number of awards
     * @param limit of the window, or of each award by itself
     * @param used of it before
     * @param receiver whose share is too much, by a rule of receivers or pairs; otherwise null
     * @param twin by a rule of twins, the same that was given before; otherwise null
     */
    record Excess(
            Rule rule,
            boolean inPoints,
            long limit,
            long used,
            @Nullable UUID receiver,
            @Nullable Twin twin) {

        Excess(Rule rule, boolean inPoints, long limit, long used) {
            this(rule, inPoints, limit, used, null, null);
        }

        /** The share of one receiver. */
        Excess of(UUID part) {
            return new Excess(rule, inPoints, limit, used, part, twin);
        }

        /** What can still be given: nothing if more was given than the limit is by now. */
        public long left() {
            return Math.max(0, limit - used);
        }
    }
}
