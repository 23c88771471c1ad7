package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why points go back to a pool. */
public enum ReturnOrigin {
    /** A lead's budget is returned. */
    @JsonProperty("budget")
    BUDGET,
    /** An award is taken back. */
    @JsonProperty("reversal")
    REVERSAL,
    /** Earned points have lapsed, and go back to the pool. */
    @JsonProperty("lapse")
    LAPSE
}
