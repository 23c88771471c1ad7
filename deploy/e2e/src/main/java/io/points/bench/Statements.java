package io.points.bench;

import io.points.local.LocalPostgres;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/** Which SQL statements the time of the database server goes to, as its extension pg_stat_statements counts it. */
final class Statements {

    private static final String TOP = """
            select d.datname, s.calls, s.rows, s.total_exec_time, s.total_plan_time,
                   left(regexp_replace(s.query, '\\s+', ' ', 'g'), 90) as query
            from pg_stat_statements s join pg_database d on d.oid = s.dbid
            order by s.total_exec_time + s.total_plan_time desc limit 25
            """;

    private final LocalPostgres postgres;
    private boolean watching;

    Statements(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    /** Takes a restart of the server. */
    void watch() throws SQLException {
        try (var connection = connect()) {
            run(connection, "alter system set shared_preload_libraries = 'pg_stat_statements'");
            run(connection, "alter system set pg_stat_statements.track_planning = on");
        }
        postgres.restart();
        try (var connection = connect()) {
            run(connection, "create extension if not exists pg_stat_statements");
        }
        watching = true;
    }

    void reset() throws SQLException {
        if (watching) {
            try (var connection = connect()) {
                run(connection, "select pg_stat_statements_reset()");
            }
        }
    }

    void print(PrintStream out) throws SQLException {
        if (!watching) {
            return;
        }
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TOP)) {
            while (rows.next()) {
                out.printf(
                        Locale.ROOT,
                        "    %8.0f ms %8.0f ms planned %7d calls %8d rows  %s: %s%n",
                        rows.getDouble("total_exec_time"),
                        rows.getDouble("total_plan_time"),
                        rows.getLong("calls"),
                        rows.getLong("rows"),
                        rows.getString("datname"),
                        rows.getString("query"));
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.superuserJdbcUrl());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
