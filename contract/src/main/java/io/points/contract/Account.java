package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What holds points: a tenant's pool, a department's envelope within it, or a member's wallet of one of two kinds. */
public enum Account {
    /** The tenant's pool; its holder is the tenant. */
    @JsonProperty("pool")
    POOL,
    /** A department's envelope within the pool; its holder is the department. */
    @JsonProperty("department")
    DEPARTMENT,
    /** A budget wallet; its holder is a lead. */
    @JsonProperty("budget")
    BUDGET,
    /** An earned wallet; its holder is an employee. */
    @JsonProperty("earned")
    EARNED;

    /** The word on the wire and in the tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Account of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
