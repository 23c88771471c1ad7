package io.points.allocation.pool;

import static io.points.testing.TestKafka.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.AllocationServiceTest;
import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.RefusalReason;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.testing.PointsTestResource;
import io.points.testing.Poison;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class PoisonedTopicsTest {

    private static final String GROUP = "allocation-service";
    private static final UUID TENANT_TWO = UUID.randomUUID();

    private final UUID tenant = UUID.randomUUID();

    @Test
    void badCommandsAreDeadLettersAndTheNextGoodOneIsAnswered() {
        try (var kafka = new TestKafka()) {
            var good = new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 5);
            new Poison(kafka, good)
                    .value("half a point", debit("1.5", "\"award\""), "amount")
                    .value("more than 64 bits", debit("9223372036854775808", "\"award\""), "amount")
                    .value("a text for an amount", debit("\"1\"", "\"award\""), "amount")
                    .value("no amount", debit("null", "\"award\""), "amount")
                    .value("no kind", debit("1", "null"), "kind")
                    .value("a kind that is none", debit("1", "\"gift\""), "")
                    .value("a debit for a return", debit("1", "\"return\""), "return")
                    .check(GROUP, () -> awaitRefusals(kafka, tenant, 1));
        }
    }

    @Test
    void badWalletEventsAreDeadLettersAndTheNextGoodOneCounts() {
        try (var kafka = new TestKafka()) {
            var good = new PointsAwarded(
                    UUID.randomUUID(),
                    tenant,
                    PointsSource.POOL,
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    7,
                    1,
                    7,
                    null,
                    null,
                    null,
                    null);
            new Poison(kafka, good)
                    .check(GROUP, () -> Awaitility.await().untilAsserted(() -> assertEquals(7, awarded())));
        }
    }

    @Test
    void everyWellFormedCommandIsAnsweredWhateverItsTenantOrAmount() {
        try (var kafka = new TestKafka()) {
            Stream.of(5L, 0L, -5L, 1L << 62)
                    .forEach(amount ->
                            kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, amount)));
            kafka.send(new CancelPoolDebit(UUID.randomUUID(), tenant));
            assertEquals(
                    List.of(
                            RefusalReason.TENANT_UNKNOWN,
                            RefusalReason.INVALID_AMOUNT,
                            RefusalReason.INVALID_AMOUNT,
                            RefusalReason.INVALID_AMOUNT),
                    awaitRefusals(kafka, tenant, 4));
            Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, PoolDebitCancelled.class, tenant)
                                    .size()
                            == 1);
        }
    }

    @Test
    void aDistributionOfAnotherTenantIsNotTouched() {
        try (var kafka = new TestKafka()) {
            var id = UUID.randomUUID();
            kafka.send(new DebitPool(id, tenant, DistributionKind.AWARD, 5));
            awaitRefusals(kafka, tenant, 1);
            kafka.send(new CancelPoolDebit(id, TENANT_TWO));
            Awaitility.await().until(() -> kafka.read(Topic.deadLetters(Topic.POOL_COMMANDS, GROUP)).stream()
                    .anyMatch(letter -> TENANT_TWO.toString().equals(letter.key())));
            assertEquals(List.of(), kafka.messages(Topic.POOL_EVENTS, PoolDebitCancelled.class, TENANT_TWO));
        }
    }

    private byte[] debit(String amount, String kind) {
        return bytes("{\"distribution_id\":\"%s\",\"tenant_id\":\"%s\",\"kind\":%s,\"amount\":%s}"
                .formatted(UUID.randomUUID(), tenant, kind, amount));
    }

    private static List<RefusalReason> awaitRefusals(TestKafka kafka, UUID tenant, int count) {
        return Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.POOL_EVENTS, PoolDebitRefused.class, tenant),
                        refusals -> refusals.size() == count)
                .stream()
                .map(PoolDebitRefused::reason)
                .toList();
    }

    private long awarded() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement();
                var rows = sql.executeQuery(
                        "select coalesce(sum(awarded_from_pool), 0) from wallet_totals where tenant_id = '" + tenant
                                + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
