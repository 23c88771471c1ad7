package io.points.platform.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as the arrays that one statement unnests: a column of all rows is one parameter. */
public final class Columns {

    private Columns() {}

    public static <T> Object uuids(Collection<T> rows, Function<? super T, @Nullable UUID> column) {
        return of(UUID[]::new, rows, column);
    }

    public static <T> Object texts(Collection<T> rows, Function<? super T, @Nullable String> column) {
        return of(String[]::new, rows, column);
    }

    public static <T> Object longs(Collection<T> rows, Function<? super T, @Nullable Long> column) {
        return of(Long[]::new, rows, column);
    }

    public static <T> Object ints(Collection<T> rows, Function<? super T, @Nullable Integer> column) {
        return of(Integer[]::new, rows, column);
    }

    public static <T> Object booleans(Collection<T> rows, Function<? super T, @Nullable Boolean> column) {
        return of(Boolean[]::new, rows, column);
    }

    /** Columns of type {@code timestamptz}. */
    public static <T> Object times(Collection<T> rows, Function<? super T, @Nullable Instant> column) {
        return of(OffsetDateTime[]::new, rows, row -> {
            var time = column.apply(row);
            return time == null ? null : time.atOffset(ZoneOffset.UTC);
        });
    }

    /** Of whatever other type the driver knows. */
    public static <T, V> Object of(
            IntFunction<V[]> array, Collection<T> rows, Function<? super T, @Nullable V> column) {
        return rows.stream().map(column).toArray(array);
    }
}
