package io.points.distribution.member;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a list of members has beyond them, if it is asked for. */
@Schema(name = "MemberExpansion")
enum MemberExpansion {
    /** What each of them holds. */
    BALANCES;

    /** The word in requests. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
