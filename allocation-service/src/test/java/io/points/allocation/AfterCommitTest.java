package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Envelope;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.inbox.Inbox;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.testing.Hold;
import io.points.testing.Metrics;
import io.points.testing.PointsTestResource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What follows a commit can no longer make it undone, and nobody must be told that it was. */
@AllocationServiceTest
class AfterCommitTest {

    private final UUID tenant = UUID.randomUUID();

    @Inject
    Transactions transactions;

    @Inject
    Inbox inbox;

    @Test
    void whatFailsAfterTheCommitIsCountedAndTheTransactionHasSucceeded() throws SQLException {
        double before = failures();
        var next = new AtomicBoolean();
        var answer = transactions
                .write(tx -> {
                    tx.afterCommit(() -> {
                        throw new IllegalStateException("a failure of a test, after the commit");
                    });
                    tx.afterCommit(() -> next.set(true));
                    return effect(tx).replaceWith("done");
                })
                .await()
                .indefinitely();
        assertEquals("done", answer);
        assertEquals(true, next.get(), "one failure does not keep the next from being done");
        assertEquals(1, number("select delegated from wallet_totals where tenant_id = '" + tenant + "'"));
        assertEquals(before + 1, failures());
    }

    @Test
    void noPollIsRepeatedBecauseOfIt() throws SQLException {
        var attempts = new AtomicInteger();
        inbox.process(
                        InboxTest.poll(
                                new CancelPoolDebit(UUID.randomUUID(), tenant),
                                new CancelPoolDebit(UUID.randomUUID(), tenant)),
                        PoolCommand.class,
                        (tx, received) -> {
                            attempts.incrementAndGet();
                            tx.afterCommit(() -> {
                                throw new StackOverflowError("a failure of a test, after the commit");
                            });
                            return effect(tx);
                        })
                .await()
                .indefinitely();
        assertEquals(1, attempts.get());
        assertEquals(1, number("select delegated from wallet_totals where tenant_id = '" + tenant + "'"));
    }

    /** The relay must not send what was only just committed, however long the transaction had taken until then. */
    @Test
    void theLeaseOfAMessageBeginsWhenItIsWritten() throws SQLException {
        try (var hold = Hold.at(FaultPoint.OUTBOX_BEFORE_SEND)) {
            transactions
                    .write(tx -> tx.query("select pg_sleep(1.2)").invoke(slept -> {
                        var now = Instant.now();
                        tx.send(UUID.randomUUID(), new TenantSuspended(tenant, 2), now, Envelope.Actor.SYSTEM);
                    }))
                    .await()
                    .indefinitely();
            hold.awaitHit();
            assertEquals(
                    1,
                    number("select count(*) from outbox where available_at > created_at + interval '9.2 seconds'"
                            + " and tenant_id = '" + tenant + "'"),
                    "created_at is when the transaction began");
        }
    }

    private Uni<Void> effect(Tx tx) {
        return tx.query(
                        "insert into wallet_totals as t (tenant_id, delegated) values ($1, 1)"
                                + " on conflict (tenant_id) do update set delegated = t.delegated + 1",
                        tenant)
                .replaceWithVoid();
    }

    private static double failures() {
        double counted = Metrics.sum("points_after_commit_failures_total");
        return Double.isNaN(counted) ? 0 : counted;
    }

    private static int number(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
