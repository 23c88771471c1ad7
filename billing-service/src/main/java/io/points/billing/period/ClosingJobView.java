package io.points.billing.period;

import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.StandingView.ObstacleView;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a closing job is. */
@Schema(name = "Closing")
record ClosingJobView(
        @Schema(description = "Which closing it is") UUID closingId,

        @Schema(examples = "2026-01") String period,

        String reason,

        @Schema(description = "Whether open months are soft-closed first")
        boolean softClose,

        @Schema(description = "Who began it, and closes the months: the subject of their token")
        UUID createdBy,

        Instant createdAt,

        @Schema(
                enumeration = {"running", "finished"},
                description = "finished once no tenant is left")
        String state,

        @Schema(description = "How many tenants it has come to, by what it made of them")
        ClosingCounts counts) {

    static ClosingJobView of(ClosingJob job, ClosingCounts counts) {
        return new ClosingJobView(
                job.id(),
                job.period().toString(),
                job.wish().reason(),
                job.softClose(),
                job.wish().by(),
                job.createdAt(),
                counts.left() == 0 ? "finished" : "running",
                counts);
    }

    /** What came of a tenant. */
    @Schema(name = "ClosingResult")
    record ResultView(
            UUID tenantId,

            @Schema(
                    enumeration = {"left", "closed", "already_closed", "refused", "failed"},
                    description = "left if its turn has not come")
            String outcome,

            @Schema(description = "Why it was refused; null unless it was") @Nullable
            ObstacleView refusal) {

        static ResultView of(ClosingResult result) {
            var refused = result.refused();
            return new ResultView(
                    result.tenantId(), word(result.outcome()), refused == null ? null : ObstacleView.of(refused));
        }

        private static String word(@Nullable Outcome outcome) {
            return outcome == null ? "left" : outcome.word();
        }
    }
}
