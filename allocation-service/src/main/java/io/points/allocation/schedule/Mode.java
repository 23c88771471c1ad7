package io.points.allocation.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a schedule's amount means. */
@Schema(name = "ScheduleMode")
enum Mode {
    /** So many points are added. */
    @JsonProperty("add")
    ADD,
    /** The pool is filled up to so many points. */
    @JsonProperty("top_up")
    TOP_UP;

    static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
