package io.points.allocation.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of periods that nobody ran in time, as after an outage. */
@Schema(name = "ScheduleCatchUp")
enum CatchUp {
    /** Each is run, the oldest first. */
    @JsonProperty("all")
    ALL,
    /** The newest is run, the others are missed. */
    @JsonProperty("newest")
    NEWEST,
    /** All are missed that are more than an hour late. */
    @JsonProperty("none")
    NONE;

    static CatchUp of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
