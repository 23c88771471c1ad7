package io.points.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the points of a distribution come from. */
public enum PointsSource {
    /** The tenant's pool, by the saga. */
    @JsonProperty("pool")
    POOL,
    /** A lead's budget wallet, locally. */
    @JsonProperty("budget")
    BUDGET;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static PointsSource of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
