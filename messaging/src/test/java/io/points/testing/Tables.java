package io.points.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands in a service's tables, looked at as their owner. */
public final class Tables {

    private Tables() {}

    /** Work that needs a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static <T> T asOwner(Work<T> work) {
        return as(PointsTestResource.surroundings().ownerJdbcUrl(), work);
    }

    static <T> T asApp(Work<T> work) {
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
    static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static <T> T as(String jdbcUrl, Work<T> work) {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
