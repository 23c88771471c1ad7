package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.messaging.contract.DistributionKind;
import io.points.messaging.contract.PoolCommand.DebitPool;
import io.points.messaging.contract.Topic;
import io.points.testing.Metrics;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class FiguresTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void anOutboxRowThatWaitsIsSeen() throws SQLException {
        var id = UUID.randomUUID();
        sql("""
                insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, payload, available_at, created_at)
                values ('%s', '%s', 'x', 'x', now(), '%s', '{}', 'infinity', now() - interval '1 hour')""".formatted(id, Topic.POOL_EVENTS, UUID.randomUUID()));
        try {
            Awaitility.await()
                    .atMost(LONGEST)
                    .until(() -> Metrics.sum("points_outbox_waiting") >= 1
                            && Metrics.sum("points_outbox_oldest_age_seconds") >= 3_600);
        } finally {
            sql("delete from outbox where event_id = '" + id + "'");
        }
        Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_outbox_oldest_age_seconds") < 3_600);
    }

    @Test
    void aDeadLetterWaits() {
        var topic = Map.of("topic", Topic.POOL_COMMANDS);
        try (var kafka = new TestKafka()) {
            kafka.send(Topic.POOL_COMMANDS, UUID.randomUUID().toString(), null, TestKafka.bytes("no message"));
        }
        Awaitility.await()
                .atMost(LONGEST)
                .until(() -> Metrics.sum("points_dead_letters_waiting", topic).orElse(0) >= 1);
    }

    @Test
    void refusedDebitsAreCountedByReason() {
        var refused = Map.of("outcome", "refused", "reason", "TENANT_UNKNOWN");
        double before = Metrics.sum("points_pool_debits_total", refused).orElse(0);
        var command = new DebitPool(UUID.randomUUID(), UUID.randomUUID(), DistributionKind.AWARD, 5);
        try (var kafka = new TestKafka()) {
            kafka.send(command);
            kafka.send(command);
        }
        Awaitility.await()
                .atMost(LONGEST)
                .untilAsserted(() -> assertEquals(
                        before + 1,
                        Metrics.sum("points_pool_debits_total", refused).orElse(0)));
    }

    @Test
    void aPoolThatIsNotWhatItsLedgerSaysIsSeen() throws SQLException {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 5).statusCode(201);
        // Other tests tamper too.
        double before = imbalanced();
        Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_pools_imbalanced") == before);
        var change = "update tenants set points_allocation_balance = %d, allocated = %d where id = '%s'";
        sql(change.formatted(6, 6, tenant));
        try {
            Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_pools_imbalanced") == before + 1);
        } finally {
            sql(change.formatted(5, 5, tenant));
        }
        Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_pools_imbalanced") == before);
    }

    @Test
    void appendOnlyTablesAreMeasured() {
        for (var table : new String[] {"pool_ledger", "allocation_logs", "tenant_logs"}) {
            Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum(
                            "points_table_size_bytes", Map.of("table", table))
                    .isPresent());
        }
        assertEquals(
                Double.NaN,
                Metrics.sum("points_table_rows", Map.of("table", "tenants")).orElse(Double.NaN));
    }

    private static long imbalanced() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement();
                var counted = sql.executeQuery("""
                        select count(*) from tenants t
                        where (t.pool_version, t.points_allocation_balance) not in (
                            select entry_number, balance_after from pool_ledger where tenant_id = t.id
                            and entry_number = (select max(entry_number) from pool_ledger where tenant_id = t.id))
                        and (t.pool_version <> 0 or t.points_allocation_balance <> 0)
                        """)) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
