package io.points.allocation.proposal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.ProposalOutcome;
import java.util.Locale;

/** Where a proposal stands. */
public enum ProposalState {
    /** It waits for another person, or for a second one. */
    @JsonProperty("proposed")
    PROPOSED,
    /** Another person approved it, and it is done. */
    @JsonProperty("approved")
    APPROVED,
    /** Another person rejected it. */
    @JsonProperty("rejected")
    REJECTED,
    /** Whoever proposed it has withdrawn it, or a manager of the tenant that asked for it. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Nobody decided in time. */
    @JsonProperty("expired")
    EXPIRED;

    /** The word on the wire and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProposalState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static ProposalState of(ProposalOutcome outcome) {
        return valueOf(outcome.name());
    }
}
