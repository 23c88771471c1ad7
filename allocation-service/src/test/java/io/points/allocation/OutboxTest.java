package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.PointsTestResource;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class OutboxTest {

    private static final int FAR_TOO_LARGE = 2_000_000;

    @Test
    void aRowThatKafkaWillNeverTakeIsSetAsideAndBlocksNothing() throws SQLException {
        var tenant = AllocationTest.register();
        var stuck = UUID.randomUUID();
        sql("""
                insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, payload)
                values ('%s', '%s', 'PointsAllocated', 'x', now(), '%s', repeat('x', %s))""".formatted(stuck, Topic.POOL_EVENTS, tenant, FAR_TOO_LARGE));
        AllocationTest.allocate(tenant, 5).statusCode(201);
        try (var kafka = new TestKafka()) {
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            1,
                            kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant)
                                    .size()));
        }
        Awaitility.await()
                .untilAsserted(() -> assertTrue(text("select set_aside from outbox where event_id = '" + stuck + "'")
                        .contains("RecordTooLarge")));
        sql("delete from outbox where event_id = '" + stuck + "'");
    }

    @Test
    void nothingWaitsInTheOutboxForLong() {
        AllocationTest.allocate(AllocationTest.register(), 5).statusCode(201);
        Awaitility.await()
                .untilAsserted(
                        () -> assertEquals("0", text("select count(*)::text from outbox where set_aside is null")));
    }

    @Test
    void aRowThatCommitsAfterLaterOnesIsSentToo() throws SQLException {
        var tenant = AllocationTest.register();
        try (var slow = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = slow.createStatement();
                var kafka = new TestKafka()) {
            slow.setAutoCommit(false);
            sql.execute(leftBehind(new TenantSuspended(tenant, 2)));
            sql(leftBehind(new TenantReactivated(tenant, 3)));
            await(kafka, TenantReactivated.class, tenant);
            slow.commit();
            await(kafka, TenantSuspended.class, tenant);
        }
    }

    @Test
    void aRowStaysUntilKafkaHasItsMessage() throws SQLException {
        var tenant = AllocationTest.register();
        try (var kafka = new TestKafka()) {
            await(kafka, TenantRegistered.class, tenant);
            Awaitility.await().until(() -> rows(tenant).equals("0"));
            try (var hold = Hold.at(FaultPoint.OUTBOX_BEFORE_SEND)) {
                AllocationTest.allocate(tenant, 5).statusCode(201);
                hold.awaitHit();
                Awaitility.await("a crash at this moment loses no message")
                        .during(Duration.ofMillis(600))
                        .until(() -> rows(tenant).equals("1"));
            }
            await(kafka, PointsAllocated.class, tenant);
            Awaitility.await().until(() -> rows(tenant).equals("0"));
        }
    }

    @Test
    void aRowLeftBehindStaysUntilKafkaHasItsMessage() throws SQLException {
        var tenant = AllocationTest.register();
        try (var kafka = new TestKafka()) {
            await(kafka, TenantRegistered.class, tenant);
            Awaitility.await().until(() -> rows(tenant).equals("0"));
            try (var hold = Hold.at(FaultPoint.OUTBOX_BEFORE_SEND)) {
                sql(leftBehind(new TenantSuspended(tenant, 2)));
                hold.awaitHit();
                assertEquals("1", rows(tenant), "a crash at this moment loses no message");
            }
            await(kafka, TenantSuspended.class, tenant);
            Awaitility.await().until(() -> rows(tenant).equals("0"));
        }
    }

    @Test
    void whatIsHandedOverIsNotSentByTheRelayToo() throws SQLException {
        var tenant = AllocationTest.register();
        try (var kafka = new TestKafka()) {
            try (var hold = Hold.at(FaultPoint.OUTBOX_BEFORE_SEND)) {
                AllocationTest.allocate(tenant, 5).statusCode(201);
                hold.awaitHit();
                assertEquals(
                        "true",
                        text("select bool_and(available_at > now() + interval '2 seconds')::text from outbox"
                                + " where type = 'PointsAllocated' and tenant_id = '" + tenant + "'"),
                        "no relay looks at it");
            }
            await(kafka, PointsAllocated.class, tenant);
            Awaitility.await().until(() -> rows(tenant).equals("0"));
            assertEquals(
                    1,
                    kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant)
                            .size());
        }
    }

    @Test
    void aTransactionThatNeverCommitsSendsNothing() throws SQLException {
        var tenant = AllocationTest.register();
        try (var kafka = new TestKafka()) {
            CompletableFuture<Integer> lost;
            try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
                lost = SideBySide.begin(
                        () -> AllocationTest.allocate(tenant, 5).extract().statusCode());
                hold.awaitHit();
                Rivals.endOpenTransactions();
            }
            assertEquals(503, lost.join());
            AllocationTest.allocate(tenant, 7).statusCode(201);
            await(kafka, PointsAllocated.class, tenant);
            assertEquals(
                    List.of(7L),
                    kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant).stream()
                            .map(PointsAllocated::amount)
                            .toList());
        }
    }

    /** A row as it is when the one who committed it has died. */
    private static String leftBehind(Message message) {
        return """
                insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, payload)
                values (gen_random_uuid(), '%s', '%s', 'x', now(), '%s', '%s')""".formatted(message.topic(), message.type(), message.tenantId(), MessageJson.write(message));
    }

    private static void await(TestKafka kafka, Class<? extends Message> type, UUID tenant) {
        Awaitility.await()
                .until(() -> !kafka.messages(Topic.POOL_EVENTS, type, tenant).isEmpty());
    }

    private static String rows(UUID tenant) throws SQLException {
        return text("select count(*)::text from outbox where tenant_id = '" + tenant + "'");
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String text(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
