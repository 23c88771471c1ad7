package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * By which rules what leads have as budget lapses.
 *
 * @param expires null: never, unless its purchase does
 */
@Schema(name = "BudgetsPolicy")
record BudgetsPolicy(
        @Nullable ExpiryTerms expires,
        @Schema(implementation = Destination.class) String to) {

    /** Of whoever has said nothing. */
    static final BudgetsPolicy NONE = new BudgetsPolicy(null, Destination.POOL.word());
}
