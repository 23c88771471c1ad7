package io.points.e2e;

import io.points.local.LocalPostgres;
import io.points.local.Service;
import io.points.local.Stack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The books of the four services, read behind their backs, from their tables. */
public final class Books {

    private final Stack stack;
    private final Map<Service, LocalPostgres> elsewhere;

    /** The books of this stack, whose database must run. */
    public Books(Stack stack) {
        this(stack, Map.of());
    }

    /** @param elsewhere the servers of services whose database is not on the stack's own */
    public Books(Stack stack, Map<Service, LocalPostgres> elsewhere) {
        this.stack = stack;
        this.elsewhere = elsewhere;
    }

    /** What is done with each row. */
    @FunctionalInterface
    public interface Row {
        /** Reads the row at which the result stands. */
        void read(ResultSet row) throws SQLException;
    }

    /** One number. */
    public long number(Service service, String query) {
        var numbers = new ArrayList<Long>();
        each(service, query, row -> numbers.add(row.getLong(1)));
        return numbers.get(0);
    }

    /** Whether there is a table or view of that name; an older revision may have none. */
    public boolean has(Service service, String relation) {
        return number(service, "select count(*) from pg_class where oid = to_regclass('" + relation + "')") == 1;
    }

    /** The first column, as text. Doubles are kept out by the query, not here: see {@link #number}. */
    public Set<String> texts(Service service, String query) {
        var texts = new HashSet<String>();
        each(service, query, row -> texts.add(row.getString(1)));
        return texts;
    }

    /** First column to second column; what stands there twice is added up, so that a double shows in the sum. */
    public Map<String, Long> sums(Service service, String query) {
        var sums = new HashMap<String, Long>();
        each(service, query, row -> sums.merge(row.getString(1), row.getLong(2), Long::sum));
        return sums;
    }

    /**
     * What stands in each table, as one text that changes with any value of any row. The outbox, which is empty at rest,
     * and Flyway's own table are left out.
     */
    public Map<String, String> digests(Service service) {
        var tables = new ArrayList<String>();
        each(
                service,
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                        + " and relname not in ('outbox', 'flyway_schema_history')",
                row -> tables.add(row.getString(1)));
        var digests = new TreeMap<String, String>();
        for (var table : tables) {
            each(
                    service,
                    "select count(*) || ' rows, ' || coalesce(sum(('x' || left(h, 15))::bit(60)::bigint::numeric), 0) || '/'"
                            + " || coalesce(sum(('x' || right(h, 15))::bit(60)::bigint::numeric), 0)"
                            + " from (select md5(t::text) as h from " + table + " t) hashed",
                    row -> digests.put(table, row.getString(1)));
        }
        return digests;
    }

    /** Runs a statement as the owner of the tables; gives back the server's refusal, or null if there was none. */
    public String refusal(Service service, String statement) {
        try (var connection = connect(service);
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
            return null;
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    /** Reads each row of a query, without holding all of them. */
    public void each(Service service, String query, Row reader) {
        try (var connection = connect(service)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(5_000);
                try (var rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Names of the tables that nobody may change. */
    public List<String> appendOnlyTables(Service service) {
        return List.copyOf(texts(
                service,
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                        + " and relname ~ '_(logs|log|ledger)$'"));
    }

    private Connection connect(Service service) throws SQLException {
        var login = service.ownerLogin();
        return DriverManager.getConnection(elsewhere
                .getOrDefault(service, stack.postgres())
                .jdbcUrl(service.database(), login, stack.passwords().of(login)));
    }
}
