package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transaction's first statement is sent with its beginning, and its end with its messages: none of them counts without the others. */
@AllocationServiceTest
class TransactionsTest {

    /** More than there are connections, so that one that did not come back, or came back within a transaction, would be met. */
    private static final int MANY = 40;

    private static final Envelope.Actor UNWRITABLE = new Envelope.Actor("a\0b", "admin", null);

    private final UUID tenant = UUID.randomUUID();

    @Inject
    Transactions transactions;

    /** On a busy machine, the first connection may come too late for a transaction. */
    @BeforeEach
    void connect() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> rows() == 0);
    }

    @Test
    void workThatFailsLeavesNothing() {
        var refused = new IllegalStateException("refused");
        for (int i = 0; i < MANY; i++) {
            var failure = failure(transactions.write(
                    tx -> insert(tx).chain(() -> Uni.createFrom().failure(refused))));
            assertSame(refused, failure);
        }
        assertEquals(0, rows());
    }

    @Test
    void workThatThrowsLeavesNothing() {
        var refused = new IllegalStateException("refused");
        for (int i = 0; i < MANY; i++) {
            var failure = failure(transactions.write(tx -> {
                Tx.started(insert(tx));
                throw refused;
            }));
            assertSame(refused, failure);
        }
        assertEquals(0, rows());
    }

    @Test
    void aFirstStatementThatFailsFailsTheTransaction() {
        for (int i = 0; i < MANY; i++) {
            var failure = failure(transactions.write(tx -> tx.query("select 1 / 0")));
            assertEquals("22012", ((PgException) failure).getSqlState());
        }
        assertEquals(0, rows());
    }

    @Test
    void messagesThatCannotBeWrittenTakeTheTransactionWithThem() {
        for (int i = 0; i < MANY; i++) {
            var failure = failure(transactions.write(tx -> insert(tx).invoke(() -> {
                var now = Instant.now();
                tx.send(Ids.next(now), new TenantSuspended(tenant, 2), now, UNWRITABLE);
            })));
            assertEquals("22021", ((PgException) failure).getSqlState());
        }
        assertEquals(0, rows());
    }

    @Test
    void aLastStatementThatFailsLeavesNothing() {
        for (int i = 0; i < MANY; i++) {
            var failure =
                    failure(transactions.write(tx -> tx.conclude(insert(tx), tx.query("select 1 / 0"), insert(tx))));
            assertEquals("22012", ((PgException) failure).getSqlState());
        }
        assertEquals(0, rows());
    }

    @Test
    void messagesThatCannotBeWrittenUndoTheLastStatements() {
        for (int i = 0; i < MANY; i++) {
            var failure = failure(transactions.write(tx -> {
                var now = Instant.now();
                tx.send(Ids.next(now), new TenantSuspended(tenant, 2), now, UNWRITABLE);
                return tx.conclude(insert(tx));
            }));
            assertEquals("22021", ((PgException) failure).getSqlState());
        }
        assertEquals(0, rows());
    }

    /** It would run by itself, outside of the transaction. */
    @Test
    void nothingFollowsTheLastStatements() {
        var query = failure(
                transactions.write(tx -> tx.conclude(tx.query("select 2")).chain(() -> tx.query("select 1"))));
        var message = failure(transactions.write(tx -> tx.conclude(tx.query("select 2"))
                .invoke(() -> tx.send(UUID.randomUUID(), new TenantSuspended(tenant, 2), Instant.now(), UNWRITABLE))));
        for (var failure : List.of(query, message)) {
            assertEquals("the transaction has been concluded", failure.getMessage());
        }
    }

    @Test
    void whatWasConcludedIsThere() {
        for (int i = 0; i < MANY; i++) {
            transactions
                    .write(tx -> insert(tx).chain(() -> tx.conclude(insert(tx), insert(tx))))
                    .await()
                    .indefinitely();
        }
        assertEquals(3 * MANY, rows());
        deleteRows();
    }

    @Test
    void whatSucceedsIsThere() {
        for (int i = 0; i < MANY; i++) {
            transactions.write(this::insert).await().indefinitely();
        }
        assertEquals(MANY, rows());
        deleteRows();
    }

    private void deleteRows() {
        transactions
                .write(tx -> tx.query("delete from outbox where tenant_id = $1", tenant))
                .await()
                .indefinitely();
        assertEquals(0, rows());
    }

    /** A row that no relay looks at yet. */
    private Uni<Void> insert(Tx tx) {
        return tx.query("""
                        insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, payload, available_at)
                        values (gen_random_uuid(), 'none', 'None', 'x', now(), $1, '{}', now() + interval '1 hour')
                        """, tenant).replaceWithVoid();
    }

    private long rows() {
        return transactions
                .snapshot(tx -> tx.query("select count(*) as rows from outbox where tenant_id = $1", tenant))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("rows");
    }

    private static Throwable failure(Uni<?> work) {
        var failed = assertThrows(CompletionException.class, () -> work.subscribeAsCompletionStage()
                .join());
        return failed.getCause();
    }
}
