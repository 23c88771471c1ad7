package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What became of something that one person proposed and another was to decide. */
public enum ProposalOutcome {
    /** Another person approved it, and it is done. */
    @JsonProperty("approved")
    APPROVED,
    /** Another person rejected it. */
    @JsonProperty("rejected")
    REJECTED,
    /** Whoever proposed it has withdrawn it. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Nobody decided in time. */
    @JsonProperty("expired")
    EXPIRED;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
