package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start as root does where it may make no user namespace, as in many containers. */
class PostgresAccountTest {
    private static final PostgresAccount REFUSED = new PostgresAccount(0, List.of("false"));
    private static final PostgresAccount MISSING = new PostgresAccount(0, List.of("points-has-no-such-program"));

    @TempDir
    Path folder;

    @Test
    void theFirstThatWorksIsTaken() {
        PostgresAccount works = new PostgresAccount(0, List.of("env"));
        assertEquals(works, PostgresAccount.ofRoot(folder, List.of(MISSING, REFUSED, works)));
    }

    @Test
    void whereNoneWorksASentenceNamesTheWaysOut() {
        CannotStartException refusal = assertThrows(
                CannotStartException.class, () -> PostgresAccount.ofRoot(folder, List.of(MISSING, REFUSED)));
        assertTrue(refusal.getMessage().contains("another user"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("--data"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("seccomp"), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    /** By the owner of the folder itself a start knows that all within is the owner's. */
    @Test
    void theFolderItselfChangesItsOwnerLast() throws IOException {
        Files.createDirectories(folder.resolve("data/base"));
        Files.writeString(folder.resolve("data/base/1"), "");
        assertEquals(
                List.of(folder.resolve("data/base/1"), folder.resolve("data/base"), folder.resolve("data"), folder),
                PostgresAccount.topLast(folder));
    }

    @Test
    void asNobodyTheServerStartsAndItsDataCanBeTakenOverAgain() throws IOException, SQLException {
        assumeTrue(Shell.isRoot() && Shell.onPath("setpriv") && Shell.onPath("unshare"), "only root changes accounts");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(PostgresAccount.AS_NOBODY, "create table kept (id int)");
        assertEquals(65534, Files.getAttribute(folder.resolve("data/base"), "unix:uid"));
        start(PostgresAccount.IN_NAMESPACE, "drop table kept");
        assertEquals(0, Files.getAttribute(folder.resolve("data/base"), "unix:uid"));
    }

    private void start(PostgresAccount account, String statement) throws SQLException {
        try (LocalPostgres postgres = new LocalPostgres(folder, 0, true, where -> account)) {
            postgres.start();
            try (Connection connection = LocalPostgres.connect(postgres.superuserJdbcUrl())) {
                connection.createStatement().execute(statement);
            }
        }
    }
}
