package io.points.billing.period;

import io.points.billing.period.ClosingJob.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many tenants a closing job has come to, by what it made of them. */
@Schema(name = "ClosingCounts")
record ClosingCounts(
        @Schema(description = "All that existed in the month")
        int tenants,

        @Schema(description = "Whose turn has not come") int left,

        @Schema(description = "Closed by this job") int closed,

        @Schema(description = "Closed before its turn came") int alreadyClosed,

        @Schema(description = "By the type of the problem, as for closing a single month")
        Map<String, Integer> refused,

        @Schema(description = "Given up, because it failed again and again: see the log, and repeat the job")
        int failed) {

    static final ClosingCounts NONE = new ClosingCounts(0, 0, 0, 0, Map.of(), 0);

    /**
     * With some tenants more.
     *
     * @param outcome null if their turn has not come
     * @param refusal the type of the problem; null unless they were refused
     */
    ClosingCounts with(@Nullable Outcome outcome, @Nullable String refusal, int more) {
        var reasons = new TreeMap<>(refused);
        if (refusal != null) {
            reasons.merge(refusal, more, Integer::sum);
        }
        return new ClosingCounts(
                tenants + more,
                outcome == null ? left + more : left,
                outcome == Outcome.CLOSED ? closed + more : closed,
                outcome == Outcome.ALREADY_CLOSED ? alreadyClosed + more : alreadyClosed,
                reasons,
                outcome == Outcome.FAILED ? failed + more : failed);
    }
}
