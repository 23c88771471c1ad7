package io.points.ledger.dates;

import io.points.contract.DatedPoints;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lots as three arrays side by side: days, points and, of budgets, the days in the pool. A statement takes many rows of them as
 * literals, {@code '{2026-12-31,2027-01-31}'}, since an array of arrays would have to be rectangular.
 */
public final class LotColumns {

    private LotColumns() {}

    /** Of a wallet's row, with the columns {@code lot_dates}, {@code lot_points} and {@code lot_origins}. */
    public static Lots read(Row row) {
        return read(row, row.getArrayOfLocalDates("lot_origins"));
    }

    /** Of a pool's row, with the columns {@code lot_dates} and {@code lot_points}. */
    public static Lots readOfPool(Row row) {
        return read(row, null);
    }

    private static Lots read(Row row, LocalDate @Nullable [] origins) {
        var dates = row.getArrayOfLocalDates("lot_dates");
        if (dates == null) {
            return Lots.NONE;
        }
        var points = row.getArrayOfLongs("lot_points");
        var lots = new ArrayList<DatedPoints>(dates.length);
        for (int i = 0; i < dates.length; i++) {
            lots.add(new DatedPoints(dates[i], points[i], origins == null ? null : origins[i]));
        }
        return Lots.of(lots);
    }

    /** The three parameters of many rows, of which a pool needs the first two; each is null if none of them has anything that is dated. */
    public static <T> @Nullable Object[] of(Collection<T> rows, Function<T, Lots> lots) {
        var all = rows.stream().map(lots).toList();
        if (all.stream().allMatch(Lots::isEmpty)) {
            return new Object[3];
        }
        return new Object[] {
            texts(all, LotColumns::dates), texts(all, LotColumns::points), texts(all, LotColumns::origins)
        };
    }

    private static String[] texts(List<Lots> all, Function<Lots, @Nullable String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    /** The literal of {@code lot_dates}. */
    public static @Nullable String dates(Lots lots) {
        return literal(lots, DatedPoints::expiresOn);
    }

    /** The literal of {@code lot_points}. */
    public static @Nullable String points(Lots lots) {
        return literal(lots, DatedPoints::points);
    }

    /** The literal of {@code lot_origins}. */
    public static @Nullable String origins(Lots lots) {
        return lots.list().stream().allMatch(lot -> lot.purchaseExpiresOn() == null)
                ? null
                : literal(lots, LotColumns::origin);
    }

    private static @Nullable LocalDate origin(DatedPoints lot) {
        return lot.purchaseExpiresOn();
    }

    private static @Nullable String literal(Lots lots, Function<DatedPoints, @Nullable Object> part) {
        return lots.isEmpty()
                ? null
                : lots.list().stream()
                        .map(lot -> String.valueOf(part.apply(lot)))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
