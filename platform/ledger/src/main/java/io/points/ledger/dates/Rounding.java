package io.points.ledger.dates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** On which day points lapse some time after the credit. */
@Schema(name = "Rounding")
public enum Rounding {
    /** On the day itself. */
    @JsonProperty("day")
    DAY,
    /** On the last day of its month. */
    @JsonProperty("month_end")
    MONTH_END;

    /** The word in requests, answers and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Rounding of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
