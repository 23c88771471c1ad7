package io.points.distribution.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is given. Returns and reversals are none of it. */
@Schema(name = "RuleKind")
public enum GivingKind {
    /** To an employee, alone or in a batch. */
    @JsonProperty("award")
    AWARD,
    /** To a lead's budget. */
    @JsonProperty("delegation")
    DELEGATION;

    /** As in requests, and as the kind of a distribution. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is none */
    public static GivingKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
