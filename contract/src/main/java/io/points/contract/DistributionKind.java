package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What moves between a pool and wallets. */
public enum DistributionKind {
    /** From the pool to a lead's budget wallet. */
    @JsonProperty("delegation")
    DELEGATION,
    /** To an employee's earned wallet. */
    @JsonProperty("award")
    AWARD,
    /** From a lead's budget wallet back to the pool. */
    @JsonProperty("return")
    RETURN,
    /** One debit of the pool for the awards of a batch, all of them or none. */
    @JsonProperty("batch")
    BATCH,
    /** From an employee's earned wallet back to where an award came from. */
    @JsonProperty("reversal")
    REVERSAL,
    /** From a wallet back to the pool, because the day is over until which the points could be used. */
    @JsonProperty("lapse")
    LAPSE,
    /** Within the pool, between the envelopes of departments and what is in none. */
    @JsonProperty("transfer")
    TRANSFER;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static DistributionKind of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
