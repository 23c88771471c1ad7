package io.points.allocation.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What becomes of an allocation beyond the month's budget. */
@Schema(name = "OnExceed")
public enum OnExceed {
    /** It is made, and raises an alert. */
    @JsonProperty("alert")
    ALERT,
    /** It takes a second platform admin. */
    @JsonProperty("approve")
    APPROVE,
    /** It is refused. */
    @JsonProperty("refuse")
    REFUSE;

    /** The word on the wire and in the table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param word null: of a version that knew only alerts */
    public static OnExceed of(@Nullable String word) {
        return word == null ? ALERT : valueOf(word.toUpperCase(Locale.ROOT));
    }
}
