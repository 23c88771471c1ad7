package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A member's role in the directory. */
public enum MemberRole {
    @JsonProperty("manager")
    MANAGER,
    @JsonProperty("lead")
    LEAD,
    @JsonProperty("employee")
    EMPLOYEE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MemberRole of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
