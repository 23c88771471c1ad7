package io.points.allocation.allocation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of a clawback of more than the pool holds. */
@Schema(name = "ClawbackShortfall")
enum Shortfall {
    /** It is refused. */
    @JsonProperty("refuse")
    REFUSE,
    /** It takes what is there. */
    @JsonProperty("what_is_there")
    WHAT_IS_THERE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
