package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why points have lapsed. */
public enum LapseReason {
    /** The day until which they could be used is over. */
    @JsonProperty("age")
    AGE,
    /** The tenant is closed. */
    @JsonProperty("closed")
    CLOSED;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static LapseReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
