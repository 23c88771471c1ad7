package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Logs and ledgers refuse change, to the service's login and to their owner. Which tables these are is read from the
 * database's catalogue, so a new one cannot be forgotten.
 */
public final class AppendOnly {

    private static final String BY_NAME = """
            select tablename from pg_tables where schemaname = 'public'
            and (tablename like '%\\_logs' or tablename like '%\\_log' or tablename like '%\\_ledger')
            """;

    private static final String BY_TRIGGER = """
            select tgrelid::regclass::text from pg_trigger where tgname in ('append_only_rows', 'append_only_table')
            and tgfoid = 'refuse_change'::regproc and tgenabled = 'O'
            group by tgrelid having count(*) = 2
            """;

    /** SQLSTATE of a refused right, and of our triggers. */
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private AppendOnly() {}

    /** @param filled the tables that the test has put rows into: all of them, or the test would prove nothing */
    public static void check(Set<String> filled) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var app = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl())) {
            var tables = names(owner, BY_NAME);
            assertFalse(tables.isEmpty());
            assertEquals(tables, names(owner, BY_TRIGGER), "tables that are named as logs and ledgers are guarded");
            assertEquals(tables, new TreeSet<>(filled), "each of them has been written to by this test");
            for (var table : tables) {
                for (var login : new Connection[] {app, owner}) {
                    var column = firstColumn(owner, table);
                    var before = names(owner, "select count(*)::text from " + table);
                    assertFalse(before.contains("0"), table + " has rows");
                    refused(login, "update %s set %s = %s".formatted(table, column, column));
                    refused(login, "delete from " + table);
                    refused(login, "truncate " + table);
                    refused(login, "truncate " + table + " cascade");
                    refused(
                            login,
                            "merge into %s t using %s s on t.%s = s.%s when matched then delete"
                                    .formatted(table, table, column, column));
                    assertEquals(before, names(owner, "select count(*)::text from " + table), table);
                }
                refused(app, "drop table " + table);
                refused(app, "drop trigger append_only_rows on " + table);
                refused(app, "alter table " + table + " disable trigger all");
                refused(app, "alter table " + table + " add column more text");
                refused(app, "alter table " + table + " rename to past");
                refused(app, "grant delete on %s to current_user; delete from %s".formatted(table, table));
            }
            refused(app, "create table public.more (id int)");
            refused(app, "set session_replication_role = replica");
            refused(app, "drop function refuse_change() cascade");
        }
    }

    private static void refused(Connection login, String change) throws SQLException {
        try (var sql = login.createStatement()) {
            var refusal = assertThrows(SQLException.class, () -> sql.execute(change), change);
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState(), change + ": " + refusal.getMessage());
        }
    }

    private static String firstColumn(Connection login, String table) throws SQLException {
        return names(
                        login,
                        "select column_name from information_schema.columns where is_identity = 'NO' and table_name = '"
                                + table + "' order by ordinal_position limit 1")
                .iterator()
                .next();
    }

    private static Set<String> names(Connection login, String query) throws SQLException {
        try (var sql = login.createStatement();
                var rows = sql.executeQuery(query)) {
            var names = new TreeSet<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
