package io.points.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.outbox.Transactions;
import io.points.testing.PointsTestResource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The server ends a connection in the middle of a transaction, while nothing is asked of it. */
@AllocationServiceTest
class ConnectionsEndedTest {

    private static final Logger POOL = Logger.getLogger("io.points.platform.persistence.HeardPool");

    @Inject
    Transactions transactions;

    @Test
    void isLoggedNotPrintedAndTheTransactionFails() {
        var logged = new CopyOnWriteArrayList<String>();
        var handler = new Kept(logged);
        var printed = new ByteArrayOutputStream();
        var stderr = System.err;
        POOL.addHandler(handler);
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            // On a busy machine, the first connection may come too late for a transaction.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> transactions
                                    .write(tx -> tx.query("select 1"))
                                    .await()
                                    .indefinitely()
                                    .rowCount()
                            == 1);
            var ended = new CompletableFuture<Void>();
            var transaction = transactions
                    .write(tx -> tx.query("select pg_backend_pid()")
                            .invoke(row -> end(row.iterator().next().getInteger(0)))
                            .chain(() -> Uni.createFrom().completionStage(ended))
                            .chain(() -> tx.query("select 1")))
                    .subscribeAsCompletionStage();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !logged.isEmpty() || printed.size() > 0);
            ended.complete(null);
            assertThrows(Exception.class, transaction::join);
        } finally {
            System.setErr(stderr);
            POOL.removeHandler(handler);
        }
        assertEquals("", printed.toString(UTF_8));
        assertTrue(logged.get(0).contains("57P01"), logged::toString);
    }

    private static void end(int backend) {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement()) {
            sql.execute("select pg_terminate_backend(" + backend + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps what is logged. */
    private static final class Kept extends Handler {

        private final List<String> messages;

        Kept(List<String> messages) {
            this.messages = messages;
        }

        @Override
        public void publish(LogRecord line) {
            messages.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
