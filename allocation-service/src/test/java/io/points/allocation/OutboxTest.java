package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.messaging.contract.PoolEvent.PointsAllocated;
import io.points.messaging.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
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
                values ('%s', '%s', 'PointsAllocated', 'x', now(), '%s', repeat('x', %d))""".formatted(stuck, Topic.POOL_EVENTS, tenant, FAR_TOO_LARGE));
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
