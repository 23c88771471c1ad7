package io.points.allocation.proposal;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    CALLING_OFF;

    /** The word on the wire and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProposalKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
