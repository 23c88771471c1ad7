package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes of points that are left when a tenant is closed. */
public enum Settlement {
    /** They are clawed back, and credited to whoever paid for them. */
    @JsonProperty("credit")
    CREDIT,
    /** They lapse. */
    @JsonProperty("expire")
    EXPIRE;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Settlement of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
