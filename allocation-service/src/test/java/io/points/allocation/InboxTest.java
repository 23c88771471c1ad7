package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.MessageJson;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.inbox.Inbox;
import io.points.testing.Hold;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class InboxTest {

    private final UUID tenant = UUID.randomUUID();

    @Inject
    Inbox inbox;

    @Test
    void aBatchIsDoneOnlyWhenItsEffectIsCommitted() throws SQLException {
        CompletableFuture<Void> done;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            done = inbox.process(
                            poll(new CancelPoolDebit(UUID.randomUUID(), tenant)),
                            PoolCommand.class,
                            (tx, received) -> tx.query(
                                            "insert into wallet_totals (tenant_id, delegated) values ($1, 1)", tenant)
                                    .replaceWithVoid())
                    .subscribeAsCompletionStage();
            hold.awaitHit();
            assertFalse(done.isDone(), "a crash at this moment must find the poll unacknowledged");
        }
        done.join();
        assertEquals(1, effects());
    }

    /** Longer than one transaction may wait for its connection: each attempt has that time anew. */
    @Test
    void anOutageIsWaitedOutHoweverLongItTakes() throws SQLException {
        var over = Instant.now().plusSeconds(4);
        var done = inbox.process(
                        poll(new CancelPoolDebit(UUID.randomUUID(), tenant)),
                        PoolCommand.class,
                        (tx, received) -> Instant.now().isBefore(over)
                                ? Uni.createFrom().failure(new IOException("as in an outage"))
                                : tx.query("insert into wallet_totals (tenant_id, delegated) values ($1, 1)", tenant)
                                        .replaceWithVoid())
                .subscribeAsCompletionStage();
        done.orTimeout(20, TimeUnit.SECONDS).join();
        assertEquals(1, effects());
    }

    /** The same again would take as long again, for ever. */
    @Test
    void aBatchThatTakesTooLongIsHalvedUntilItFits() {
        var sizes = Collections.synchronizedList(new ArrayList<Integer>());
        inbox.process(poll(commands(8)), PoolCommand.class, (tx, received) -> {
                    sizes.add(received.size());
                    return received.size() > 2
                            ? Uni.createFrom().failure(timeUp())
                            : Uni.createFrom().voidItem();
                })
                .await()
                .atMost(Duration.ofSeconds(20));
        assertEquals(List.of(8, 4, 2, 2, 4, 2, 2), sizes);
    }

    @Test
    void oneAloneThatTakesTooLongIsTriedAgainAndNoDeadLetter() {
        var attempts = new AtomicInteger();
        inbox.process(
                        poll(commands(1)),
                        PoolCommand.class,
                        (tx, received) -> attempts.incrementAndGet() < 3
                                ? Uni.createFrom().failure(timeUp())
                                : Uni.createFrom().voidItem())
                .await()
                .atMost(Duration.ofSeconds(20));
        assertEquals(3, attempts.get());
    }

    @Test
    void aTransactionTakesOneLargeMessageAtMost() {
        var pieces = Collections.synchronizedList(new ArrayList<List<Long>>());
        var commands = LongStream.of(1, 1_000, 2, 3, 2_000, 3_000, 4)
                .mapToObj(amount ->
                        (PoolCommand) new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, amount))
                .toList();
        inbox.process(
                        poll(commands),
                        PoolCommand.class,
                        command -> ((DebitPool) command).amount() >= 1_000,
                        (tx, received) -> {
                            pieces.add(received.stream()
                                    .map(it -> ((DebitPool) it.message()).amount())
                                    .toList());
                            return Uni.createFrom().voidItem();
                        })
                .await()
                .atMost(Duration.ofSeconds(20));
        assertEquals(List.of(List.of(1L, 1_000L, 2L, 3L), List.of(2_000L), List.of(3_000L, 4L)), pieces);
    }

    private List<PoolCommand> commands(int number) {
        return Stream.generate(() -> (PoolCommand) new CancelPoolDebit(UUID.randomUUID(), tenant))
                .limit(number)
                .toList();
    }

    private static PgException timeUp() {
        return new PgException("canceling statement due to statement timeout", "ERROR", "57014", "");
    }

    private static ConsumerRecords<String, byte[]> poll(List<PoolCommand> commands) {
        return poll(commands.toArray(PoolCommand[]::new));
    }

    /** A poll as Kafka gives it. */
    static ConsumerRecords<String, byte[]> poll(PoolCommand... commands) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var command : commands) {
            records.add(record(command, records.size()));
        }
        return new ConsumerRecords<>(Map.of(new TopicPartition(commands[0].topic(), 0), records), Map.of());
    }

    private static ConsumerRecord<String, byte[]> record(PoolCommand command, long offset) {
        var envelope = new Envelope(
                UUID.randomUUID(),
                command.type(),
                "test",
                command.subject().toString(),
                Instant.now(),
                command.tenantId(),
                null,
                null,
                null);
        var value = TestKafka.bytes(MessageJson.write(command));
        return new ConsumerRecord<>(
                command.topic(),
                0,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                command.tenantId().toString(),
                value,
                Headers.write(envelope),
                Optional.empty());
    }

    private int effects() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = connection.createStatement();
                var rows = sql.executeQuery("select count(*) from wallet_totals where tenant_id = '" + tenant + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
