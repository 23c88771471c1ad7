package io.points.distribution.policy;

import io.points.ledger.dates.Expiry;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When points lapse: some time after the credit, or on one day of each year.
 *
 * @param after days, months or years
 * @param round months and years are rounded up to the end of the month if it is absent
 * @param every a day of the year
 * @param minDays 30 if it is absent
 */
@Schema(name = "ExpiryTerms")
record ExpiryTerms(
        @Pattern(
                regexp =
                        "^P(([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)D|([1-9][0-9]?|1[01][0-9]|120)M"
                                + "|([1-9]|10)Y)$",
                message = "must be P1D to P3650D, P1M to P120M or P1Y to P10Y")
        @Nullable
        String after,

        @Nullable Rounding round,

        @Pattern(
                regexp =
                        "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$",
                message = "must be a day of the year, such as 12-31")
        @Nullable
        String every,

        @Min(value = 1, message = "must be 1 to 366") @Max(value = 366, message = "must be 1 to 366") @Nullable
        Long minDays) {

    static final long USUAL_MIN_DAYS = 30;

    /** What a row of {@code policies} or {@code policy_logs} says of earned points; null if they never lapse. */
    static @Nullable ExpiryTerms ofEarned(Row row) {
        var after = row.getString("earned_after");
        if (after != null) {
            return new ExpiryTerms(after, Rounding.of(row.getString("earned_round")), null, null);
        }
        var every = row.getString("earned_every");
        return every == null ? null : new ExpiryTerms(null, null, every, row.getLong("earned_min_days"));
    }

    /** With what is usual where nothing is said. */
    ExpiryTerms complete() {
        if (after == null) {
            return new ExpiryTerms(null, null, every, minDays == null ? USUAL_MIN_DAYS : minDays);
        }
        var rounding = expiry() instanceof Expiry.After time && time.toMonthEnd() ? Rounding.MONTH_END : Rounding.DAY;
        return new ExpiryTerms(after, rounding, null, null);
    }

    /** The rule that they are. */
    Expiry expiry() {
        if (after != null) {
            return Expiry.After.of(after, round == null ? null : round.word());
        }
        if (every == null) {
            throw new IllegalStateException("neither a time nor a day of the year");
        }
        return Expiry.Every.of(every, Math.toIntExact(minDays == null ? USUAL_MIN_DAYS : minDays));
    }
}
