package io.points.e2e;

import io.points.local.Service;
import io.points.local.Stack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The books of the four services, read behind their backs, from their tables. */
final class Books {

    private final Stack stack;

    Books(Stack stack) {
        this.stack = stack;
    }

    /** One number. */
    long number(Service service, String query) {
        return query(service, query, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    /** The first column, as text. Doubles are kept out by the query, not here: see {@link #number}. */
    Set<String> texts(Service service, String query) {
        return query(service, query, rows -> {
            var texts = new HashSet<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        });
    }

    /** First column to second column. */
    Map<String, Long> sums(Service service, String query) {
        return query(service, query, rows -> {
            var sums = new HashMap<String, Long>();
            while (rows.next()) {
                sums.put(rows.getString(1), rows.getLong(2));
            }
            return sums;
        });
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(java.sql.ResultSet rows) throws SQLException;
    }

    private <T> T query(Service service, String query, Reader<T> reader) {
        try (var connection = connect(service);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return reader.read(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private Connection connect(Service service) throws SQLException {
        var login = service.ownerLogin();
        return DriverManager.getConnection(stack.postgres()
                .jdbcUrl(service.database(), login, stack.passwords().of(login)));
    }
}
