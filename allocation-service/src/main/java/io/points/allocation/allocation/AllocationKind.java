package io.points.allocation.allocation;

import java.util.Locale;

/** What the platform does to a pool. */
enum AllocationKind {
    /** Points were put in. */
    ALLOCATION,
    /** Points were taken back out. */
    CLAWBACK;

    /** The word on the wire and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
