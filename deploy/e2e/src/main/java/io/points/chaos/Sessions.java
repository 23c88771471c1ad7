package io.points.chaos;

import io.points.local.LocalPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The services' sessions at the database server. */
final class Sessions {

    /** Those that are committing or within a transaction; which ones of them is chance. */
    private static final String TERMINATE = """
            select count(pg_terminate_backend(pid)) from (
                select pid from pg_stat_activity
                where usename like '%\\_app' and xact_start is not null and pid <> pg_backend_pid()
                order by (query ilike 'commit%' or wait_event = 'WALSync') desc, random() limit 2) busy
            """;

    private static final long PAUSE_MILLIS = 50;

    private final LocalPostgres postgres;

    Sessions(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    /** Ends up to two busy sessions, that many times in a row. */
    void terminate(int times) {
        try (var connection = DriverManager.getConnection(postgres.superuserJdbcUrl());
                var statement = connection.createStatement()) {
            for (int i = 0; i < times; i++) {
                statement.execute(TERMINATE);
                Waits.pause(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            // The server itself was killed in the middle of it: then that fault has taken this one's place.
        }
    }
}
