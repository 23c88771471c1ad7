package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a member may not receive something. */
@Schema(name = "Ineligibility")
enum Ineligibility {
    /** It is the caller, and nobody gives anything to themselves. */
    @JsonProperty("self")
    SELF,
    /** The member does not take part. */
    @JsonProperty("inactive")
    INACTIVE,
    /** Members of another role receive it. */
    @JsonProperty("role")
    ROLE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
