package io.points.distribution.wish;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What has become of a wish. */
@Schema(name = "WishState")
enum WishState {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("granted")
    GRANTED,
    @JsonProperty("declined")
    DECLINED,
    /** By whoever asked. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Nobody decided about it in time. */
    @JsonProperty("expired")
    EXPIRED;

    static WishState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in answers, messages and tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
