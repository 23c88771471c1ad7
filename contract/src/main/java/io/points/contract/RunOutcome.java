package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What became of a period of a schedule. */
public enum RunOutcome {
    /** It did what it is for. */
    @JsonProperty("done")
    DONE,
    /** It looked, and there was no need: a pool that was to be filled up is full. */
    @JsonProperty("nothing_to_do")
    NOTHING_TO_DO,
    /** It could not; somebody may try it again. */
    @JsonProperty("refused")
    REFUSED,
    /** Nobody ran it in time, and the schedule makes up for nothing; somebody may try it all the same. */
    @JsonProperty("missed")
    MISSED,
    /** It takes a second platform admin: a proposal was made of it, and the period needs no other attempt. */
    @JsonProperty("proposed")
    PROPOSED;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RunOutcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
