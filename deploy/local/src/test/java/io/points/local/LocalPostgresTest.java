package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    @TempDir
    static Path folder;

    private static LocalPostgres postgres;
    private static Passwords passwords;

    @BeforeAll
    static void provisionTwice() {
        postgres = new LocalPostgres(folder.resolve("postgres"), 0, true);
        postgres.start();
        passwords = Passwords.keptIn(folder.resolve("passwords.properties"));
        Databases.provision(postgres.superuserJdbcUrl(), passwords);
        Databases.provision(postgres.superuserJdbcUrl(), passwords);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void eachLoginReachesItsOwnDatabaseAlone() throws Exception {
        for (Service owner : Service.values()) {
            for (Service other : Service.values()) {
                for (String login : new String[] {owner.appLogin(), owner.ownerLogin()}) {
                    if (owner == other) {
                        connect(other.database(), login).close();
                    } else {
                        SQLException refusal = assertThrows(SQLException.class, () -> connect(other.database(), login));
                        assertEquals("42501", refusal.getSQLState(), login + " at " + other.database());
                    }
                }
            }
            assertThrows(SQLException.class, () -> connect("postgres", owner.appLogin()));
        }
    }

    @Test
    void theAppLoginMakesNoTablesAndWaitsForNoLockForEver() throws Exception {
        try (Connection app = connect("billing", "billing_app")) {
            SQLException refusal = assertThrows(SQLException.class, () -> run(app, "CREATE TABLE mine (id int)"));
            assertEquals("42501", refusal.getSQLState());
            assertEquals("3s", show(app, "lock_timeout"));
            assertEquals("15s", show(app, "transaction_timeout"));
            assertEquals("5s", show(app, "idle_in_transaction_session_timeout"));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        String url = postgres.jdbcUrl("audit", "audit_app", "wrong");
        assertThrows(SQLException.class, () -> LocalPostgres.connect(url));
    }

    @Test
    void anEndThatNobodyAskedForIsSaid() {
        assertEquals(Optional.empty(), postgres.endedByItself());
        postgres.handle().destroyForcibly();
        postgres.handle().onExit().join();
        String said = postgres.endedByItself().orElseThrow();
        assertTrue(said.startsWith("postgres has ended by itself with code 137; its log is "), said);
        postgres.kill();
        assertEquals(Optional.empty(), postgres.endedByItself());
        postgres.start();
    }

    @Test
    void aCommitSurvivesKillNineAndAStalePidFile() throws Exception {
        try (Connection owner = connect("allocation", "allocation_owner")) {
            assertEquals("on", show(owner, "fsync"));
            assertEquals("on", show(owner, "synchronous_commit"));
            assertEquals("on", show(owner, "full_page_writes"));
            run(owner, "CREATE TABLE kept (id int)");
            run(owner, "INSERT INTO kept VALUES (42)");
        }
        long before = postgres.pid();
        postgres.kill();
        assertFalse(postgres.alive());
        // The number in the pid file may meanwhile be that of any other program: here it is ours.
        Path pidFile = folder.resolve("postgres/data/postmaster.pid");
        String text = Files.readString(pidFile);
        assertTrue(text.startsWith(Long.toString(before)));
        Files.writeString(
                pidFile,
                text.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid())));

        postgres.restart();

        try (Connection owner = connect("allocation", "allocation_owner");
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM kept")) {
            assertTrue(rows.next());
            assertEquals(42, rows.getInt(1));
        }
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefusedInOneSentence() {
        LocalPostgres second = new LocalPostgres(folder.resolve("postgres"), 0, true);
        String message = assertThrows(CannotStartException.class, second::start).getMessage();
        assertTrue(message.contains("still uses"), message);
    }

    @Test
    void aTakenPortIsNamed() {
        LocalPostgres second = new LocalPostgres(folder.resolve("other"), postgres.port(), false);
        String message = assertThrows(CannotStartException.class, second::start).getMessage();
        assertTrue(message.startsWith("Port " + postgres.port() + " for postgres is taken"), message);
    }

    @Test
    void passwordsAreForTheirOwnerOnly() throws Exception {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("passwords.properties"))));
    }

    private static Connection connect(String database, String login) throws SQLException {
        return LocalPostgres.connect(postgres.jdbcUrl(database, login, passwords.of(login)));
    }

    private static void run(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
