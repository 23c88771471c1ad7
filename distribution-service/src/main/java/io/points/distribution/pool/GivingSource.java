package io.points.distribution.pool;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the points come from that the caller gives. */
@Schema(name = "GivingSource")
enum GivingSource {
    /** A manager gives from the tenant's pool. */
    POOL,
    /** A lead gives from their own budget. */
    BUDGET,
    /** An employee gives nothing, but may wish that a manager does, from the pool. */
    REQUEST;

    /** The word in answers. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
