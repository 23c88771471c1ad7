package io.points.allocation.tenant;

import java.util.Locale;

/** Which end of a list comes first. */
enum SortOrder {
    /** The smallest, or the first letter. */
    ASC,
    /** The largest, or the last letter. */
    DESC;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
