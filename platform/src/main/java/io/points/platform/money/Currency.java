package io.points.platform.money;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A currency of ISO 4217 that has a minor unit, in force or withdrawn. It comes from a table of our own and not from
 * {@link java.util.Currency}: what that knows depends on the JDK, and it does not say since when a currency is none any more.
 *
 * @param code three capital letters
 * @param digits of the minor unit, 0 … 4
 * @param withdrawn the first day (UTC) on which nothing new can be agreed in it; null if no such day is known
 */
public record Currency(String code, int digits, @Nullable LocalDate withdrawn) {

    private static final String TABLE = "iso4217.csv";

    private static final Map<String, Currency> ALL = read();

    /** The currency of a code; empty if ISO 4217 never had it, or it has no minor unit, such as gold. */
    public static Optional<Currency> find(String code) {
        return Optional.ofNullable(ALL.get(code));
    }

    /** @throws IllegalArgumentException if ISO 4217 never had the code, or it has no minor unit */
    public static Currency of(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("not a currency of ISO 4217: " + code));
    }

    /** Every currency by its code. */
    public static Map<String, Currency> all() {
        return ALL;
    }

    /** True if something new can be agreed in it on that day. */
    public boolean isInForce(LocalDate day) {
        return withdrawn == null || day.isBefore(withdrawn);
    }

    private static Map<String, Currency> read() {
        try (var table = Currency.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is not part of the jar");
            }
            var all = new TreeMap<String, Currency>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        var cells = line.split(",", -1);
                        var withdrawn = cells[2].isEmpty() ? null : LocalDate.parse(cells[2]);
                        all.put(cells[0], new Currency(cells[0], Integer.parseInt(cells[1]), withdrawn));
                    });
            return Collections.unmodifiableMap(all);
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + " cannot be read", e);
        }
    }
}
