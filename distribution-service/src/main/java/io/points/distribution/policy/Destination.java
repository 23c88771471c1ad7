package io.points.distribution.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where points go that have lapsed. */
@Schema(name = "ExpiryDestination")
enum Destination {
    /** Nobody has them any more. */
    @JsonProperty("nowhere")
    NOWHERE,
    /** The company can give them again. */
    @JsonProperty("pool")
    POOL;

    /** The word in requests, answers and tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Destination of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
