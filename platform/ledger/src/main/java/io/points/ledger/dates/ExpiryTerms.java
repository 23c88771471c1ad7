package io.points.ledger.dates;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
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
public record ExpiryTerms(
        @Pattern(regexp = AFTER, message = NO_TIME) @Nullable
        String after,

        @Nullable Rounding round,

        @Pattern(regexp = EVERY, message = NO_DAY_OF_YEAR) @Nullable
        String every,

        @Min(value = 1, message = NO_MIN_DAYS) @Max(value = MOST_MIN_DAYS, message = NO_MIN_DAYS) @Nullable
        Long minDays) {

    public static final String AFTER =
            "^P(([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)D|([1-9][0-9]?|1[01][0-9]|120)M|([1-9]|10)Y)$";
    public static final String NO_TIME = "must be P1D to P3650D, P1M to P120M or P1Y to P10Y";
    public static final String EVERY =
            "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$";
    public static final String NO_DAY_OF_YEAR = "must be a day of the year, such as 12-31";
    public static final long MOST_MIN_DAYS = 366;
    public static final String NO_MIN_DAYS = "must be 1 to 366";

    /** What {@link #minDays} is if it is absent. */
    public static final long USUAL_MIN_DAYS = 30;

    /**
     * What a row says of one account, in columns that begin with its name: {@code pool_after}, {@code pool_round}, {@code pool_every}
     * and {@code pool_min_days}.
     *
     * @return null if points never lapse
     */
    public static @Nullable ExpiryTerms of(Row row, String account) {
        var after = row.getString(account + "_after");
        if (after != null) {
            return new ExpiryTerms(after, Rounding.of(row.getString(account + "_round")), null, null);
        }
        var every = row.getString(account + "_every");
        return every == null ? null : new ExpiryTerms(null, null, every, row.getLong(account + "_min_days"));
    }

    /**
     * What does not go together though each field is well formed.
     *
     * @param field where they stand, such as {@code pool_expires}
     * @return what is wrong, by the fields' names
     */
    public Map<String, String> faults(String field) {
        var faults = new LinkedHashMap<String, String>();
        if (after == null && every == null) {
            faults.put(field + ".after", "is required, or every");
        }
        if (after != null && every != null) {
            faults.put(field + ".every", "must not stand beside after");
        }
        if (round != null && after == null) {
            faults.put(field + ".round", "needs after");
        }
        if (minDays != null && every == null) {
            faults.put(field + ".min_days", "needs every");
        }
        return faults;
    }

    /** With what is usual where nothing is said. */
    public ExpiryTerms complete() {
        if (after == null) {
            return new ExpiryTerms(null, null, every, minDays == null ? USUAL_MIN_DAYS : minDays);
        }
        var rounding = expiry() instanceof Expiry.After time && time.toMonthEnd() ? Rounding.MONTH_END : Rounding.DAY;
        return new ExpiryTerms(after, rounding, null, null);
    }

    /** The rule that they are. */
    public Expiry expiry() {
        if (after != null) {
            return Expiry.After.of(after, round == null ? null : round.word());
        }
        if (every == null) {
            throw new IllegalStateException("neither a time nor a day of the year");
        }
        return Expiry.Every.of(every, Math.toIntExact(minDays == null ? USUAL_MIN_DAYS : minDays));
    }
}
