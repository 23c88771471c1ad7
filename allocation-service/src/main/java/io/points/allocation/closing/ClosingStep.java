package io.points.allocation.closing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a closing is. */
enum ClosingStep {
    /** A second person has not decided yet. */
    @JsonProperty("proposed")
    PROPOSED,
    /** It was rejected or withdrawn, or nobody decided in time. */
    @JsonProperty("not_approved")
    NOT_APPROVED,
    /** Budgets go back to the pool, and what is under way ends. */
    @JsonProperty("recalling")
    RECALLING,
    /** Earned points can be used until their day, and go after it. */
    @JsonProperty("waiting")
    WAITING,
    /** The pool is emptied. */
    @JsonProperty("draining")
    DRAINING,
    /** Everything is 0. */
    @JsonProperty("closed")
    CLOSED,
    @JsonProperty("called_off")
    CALLED_OFF
}
