package io.points.distribution.batch;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch, each by itself as it must be.
 *
 * @param number the line of the CSV, or the place in the JSON, from 1
 * @param place where it stands, before the name of one of its fields
 * @param amount 1 … 10^12 points
 */
record Row(
        int number,
        String place,
        UUID toUserId,
        long amount,
        @Nullable String description) {

    /** One of its fields, as an error names it. */
    String field(String name) {
        return place + name;
    }
}
