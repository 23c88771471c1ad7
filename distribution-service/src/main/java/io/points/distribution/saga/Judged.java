package io.points.distribution.saga;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's rules said when a distribution was asked for: they let it pass.
 *
 * @param revision of the policy
 * @param countedOn the day, in the tenant's time zone, in whose windows it is counted; null if no rule has a window
 * @param approval what it needs before it is given; null if nothing
 */
public record Judged(
        long revision,
        @Nullable LocalDate countedOn,
        @Nullable Approval approval) {

    /** What they said of the awards of a batch, whose debit has waited for all of them. */
    public Judged ofPart() {
        return new Judged(revision, countedOn, null);
    }
}
