package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import org.jspecify.annotations.Nullable;

/** When points lapse, as tables and events tell it: all are null if they never do. */
record TermsColumns(
        @Nullable String after,
        @Nullable String round,
        @Nullable String every,
        @Nullable Long minDays) {

    private static final TermsColumns NEVER = new TermsColumns(null, null, null, null);

    static TermsColumns of(@Nullable ExpiryTerms expires) {
        if (expires == null) {
            return NEVER;
        }
        var round = expires.round();
        return new TermsColumns(
                expires.after(), round == null ? null : round.word(), expires.every(), expires.minDays());
    }

    @Nullable
    Integer days() {
        return minDays == null ? null : Math.toIntExact(minDays);
    }
}
