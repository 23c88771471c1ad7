package io.points.distribution.policy;

import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.LocalDays;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Until when points can be used that are credited now. Whoever credits a wallet reads it in the statement that locks the wallet: so the
 * next award of any instance goes by the newest policy, and no statement is added for it.
 *
 * @param expiry null: for ever
 * @param days the tenant's
 */
public record Dating(@Nullable Expiry expiry, LocalDays days) {

    /** For ever. */
    public static final Dating NEVER = new Dating(null, LocalDays.UTC);

    /** Of {@code policies p}. */
    public static final String COLUMNS = """
            p.earned_after, p.earned_round, p.earned_every, p.earned_min_days, p.budgets_after, p.budgets_round, p.budgets_every,
            p.budgets_min_days, p.time_zone, p.previous_time_zone
            """;

    /** What the tenant's policy says of earned points, from a row with these columns; all are null if it has none. */
    public static Dating ofEarned(Row row) {
        return of(row, "earned");
    }

    /** What it says of budgets. */
    public static Dating ofBudgets(Row row) {
        return of(row, "budgets");
    }

    private static Dating of(Row row, String account) {
        var terms = ExpiryTerms.of(row, account);
        return new Dating(terms == null ? null : terms.expiry(), daysOf(row));
    }

    /** As allocation-service told them; UTC until it has. */
    public static LocalDays daysOf(Row row) {
        var zone = row.getString("time_zone");
        return zone == null ? LocalDays.UTC : LocalDays.of(zone, row.getString("previous_time_zone"));
    }

    /** The last day on which points can be used that are credited at that moment; null if they stay for ever. */
    public @Nullable LocalDate lastDay(Instant credited) {
        return expiry == null ? null : expiry.lastDay(days.dayOf(credited));
    }
}
