package io.points.distribution.award;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.DistributionKind;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.State;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether an award can be reversed, by whom, and how much of it comes back. No clock, no I/O. */
final class ReversalRules {

    /** What happens if the wallet holds less than the award. */
    @Schema(name = "Shortfall")
    enum Shortfall {
        /** Nothing is moved. */
        @JsonProperty("refuse")
        REFUSE,
        /** What is there is taken, and the rest stays where it has gone. */
        @JsonProperty("what_is_there")
        WHAT_IS_THERE
    }

    private ReversalRules() {}

    /**
     * Why nothing can be taken back, whatever the wallet holds.
     *
     * @param reversedBy the reversal that has taken it back already; null if none has
     * @param within how long after the award this caller may reverse it
     */
    static Optional<Problem> refusal(Distribution award, @Nullable UUID reversedBy, Duration within, Instant now) {
        if (award.kind() != DistributionKind.AWARD) {
            return Optional.of(
                    problem(
                            ProblemType.NOT_REVERSIBLE,
                            "It is not an award. A budget is returned, and a reversal cannot be reversed: award the points again."));
        }
        if (award.state() != State.COMPLETED) {
            return Optional.of(problem(ProblemType.NOT_COMPLETED, notCompleted(award.state()))
                    .with("state", award.state().name()));
        }
        if (reversedBy != null) {
            return Optional.of(
                    problem(ProblemType.ALREADY_REVERSED, "It can be reversed only once; no points were moved.")
                            .with("reversed_by", reversedBy));
        }
        var until = award.createdAt().plus(within);
        return now.isAfter(until)
                ? Optional.of(problem(
                                ProblemType.REVERSAL_TOO_LATE,
                                "You could reverse this award until " + until + "; no points were moved.")
                        .with("until", until))
                : Optional.empty();
    }

    private static String notCompleted(State state) {
        if (state == State.HELD) {
            return "The award waits for approval. It can be withdrawn or rejected, and there is nothing to take back.";
        }
        return state.isOpen()
                ? "The points have not arrived yet. Try again once the award has completed."
                : "The award did not complete, so that there is nothing to take back.";
    }

    /**
     * What is taken.
     *
     * @param held points in the wallet
     * @return empty if that is too little
     */
    static Optional<Long> amount(Distribution award, long held, Shortfall shortfall) {
        var there = Math.min(held, award.amount());
        return there == award.amount() || there > 0 && shortfall == Shortfall.WHAT_IS_THERE
                ? Optional.of(there)
                : Optional.empty();
    }

    /** That the wallet holds too little. */
    static Problem shortfall(Distribution award, long held) {
        return problem(
                        ProblemType.SHORTFALL,
                        held == 0
                                ? "The wallet is empty; no points were moved."
                                : "The wallet holds " + held + " of the " + award.amount()
                                        + " points; no points were moved. With \"shortfall\": \"what_is_there\" those are taken.")
                .with("balance", held);
    }

    private static Problem problem(ProblemType type, String detail) {
        return Problem.of(409, type.slug(), type.meaning(), detail);
    }
}
