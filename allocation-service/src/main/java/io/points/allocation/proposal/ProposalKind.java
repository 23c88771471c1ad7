package io.points.allocation.proposal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Locale;

/** What can be proposed. */
public enum ProposalKind {
    /** To take points back out of a pool. */
    @JsonProperty("clawback")
    CLAWBACK,
    /** To close a tenant. */
    @JsonProperty("closing")
    CLOSING,
    /** To call the closing of a tenant off. */
    @JsonProperty("calling_off")
    CALLING_OFF,
    /** To put points into a pool. */
    @JsonProperty("allocation")
    ALLOCATION;

    /** So long it can be decided about; then it has expired, for nobody's silence is a yes. */
    Duration life() {
        return Duration.ofDays(this == ALLOCATION ? 14 : 7);
    }

    /** The word on the wire and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProposalKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
