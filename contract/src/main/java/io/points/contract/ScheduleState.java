package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a schedule stands. */
public enum ScheduleState {
    /** It runs. */
    @JsonProperty("active")
    ACTIVE,
    /** It does not run until it is resumed; what falls due meanwhile is not made up. */
    @JsonProperty("paused")
    PAUSED,
    /** It never runs again. */
    @JsonProperty("ended")
    ENDED;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ScheduleState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
