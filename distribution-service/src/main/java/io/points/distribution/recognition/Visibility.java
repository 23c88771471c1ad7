package io.points.distribution.recognition;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who sees a recognition in the feed. */
public enum Visibility {
    /** The whole tenant. */
    @JsonProperty("public")
    PUBLIC,
    /** The giver and the receiver. */
    @JsonProperty("private")
    PRIVATE;

    /** The word in requests and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param word null makes null */
    public static @Nullable Visibility of(@Nullable String word) {
        return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
    }
}
