package io.points.distribution.member;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** In which order members are listed. */
@Schema(name = "MemberOrder")
enum MemberOrder {
    ID,
    /** Without regard to case; whoever has no name comes last. */
    NAME;

    /** The word in requests. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
