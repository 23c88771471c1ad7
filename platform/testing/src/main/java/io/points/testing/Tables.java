package io.points.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** What stands in a service's tables, looked at as their owner. */
public final class Tables {

    private static final Map<String, Deque<Connection>> KEPT = new ConcurrentHashMap<>();

    private Tables() {}

    /** Work that needs a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public static <T> T asOwner(Work<T> work) {
        return as(PointsTestResource.surroundings().ownerJdbcUrl(), work);
    }

    public static <T> T asApp(Work<T> work) {
        return as(PointsTestResource.surroundings().appJdbcUrl(), work);
    }

    /** Every table with its number of rows and a digest of all that stands in them. */
    public static Map<String, String> contents() {
        return asOwner(connection -> {
            var contents = new TreeMap<String, String>();
            for (var table : names(connection)) {
                var sql = "select count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from " + table
                        + " t";
                contents.put(table, column(connection, sql).get(0));
            }
            return contents;
        });
    }

    private static List<String> names(Connection connection) throws SQLException {
        return column(connection, """
                select quote_ident(tablename) from pg_tables
                where schemaname = 'public' and tablename not like 'flyway%'
                """);
    }

    /** The first column of what a query gives. */
    public static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** The first column of the first row, as a number. */
    public static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(column(connection, sql).get(0));
    }

    /** On a connection that is kept for the next one who asks: to open one takes longer than most statements. */
    static <T> T as(String jdbcUrl, Work<T> work) {
        var idle = KEPT.computeIfAbsent(jdbcUrl, url -> new ConcurrentLinkedDeque<>());
        try {
            var connection = open(jdbcUrl, idle.poll());
            var isWhole = false;
            try {
                var result = work.on(connection);
                isWhole = connection.getAutoCommit();
                return result;
            } finally {
                if (isWhole) {
                    idle.push(connection);
                } else {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection open(String jdbcUrl, @Nullable Connection kept) throws SQLException {
        if (kept != null && kept.isValid(1)) {
            return kept;
        }
        if (kept != null) {
            kept.close();
        }
        return DriverManager.getConnection(jdbcUrl);
    }
}
