package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * By which rules earned points lapse.
 *
 * @param expires null: never
 * @param noticeDays the first is the earliest
 */
@Schema(name = "EarnedPolicy")
record EarnedPolicy(
        @Nullable ExpiryTerms expires,
        @Schema(implementation = Destination.class) String to,
        List<Long> noticeDays) {

    /** Of whoever has said nothing: points never lapse. */
    static final EarnedPolicy NONE = new EarnedPolicy(null, Destination.NOWHERE.word(), PolicyRules.USUAL_NOTICES);
}
