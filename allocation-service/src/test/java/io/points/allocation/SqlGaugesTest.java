package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.Topic;
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
class SqlGaugesTest {

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
        var change = "update tenants set points_allocation_balance = %d, allocated = %s where id = '%s'";
        sql(change.formatted(6, 6, tenant));
        try {
            Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_pools_imbalanced") == before + 1);
        } finally {
            sql(change.formatted(5, 5, tenant));
        }
        Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum("points_pools_imbalanced") == before);
    }

    @Test
    void poolsAreCountedByWhatTheyHoldAndWhatMovedIsSummed() throws SQLException {
        var balances = "select count(*) from tenants where points_allocation_balance <= ";
        var allocated = Map.of("movement", "allocated");
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 4_321).statusCode(201);
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            assertEquals(number("select count(*) from tenants"), pools("+Inf"));
            assertEquals(number(balances + 1_000), pools("1000"));
            assertEquals(number(balances + 10_000), pools("10000"));
            assertEquals(
                    number("select sum(allocated) from tenants"),
                    Metrics.sum("points_pool_moved_points", allocated).orElse(-1));
        });
        assertEquals(1, number(balances + "10000 and id = '" + tenant + "'"));
    }

    @Test
    void whatWalletsHoldIsWhatTheirEventsAddUpTo() throws SQLException {
        var tenant = UUID.randomUUID();
        double earned = number("select coalesce(sum(awarded_from_pool + awarded_from_budget), 0) from wallet_totals");
        double budget =
                number("select coalesce(sum(delegated - awarded_from_budget - budget_returned), 0) from wallet_totals");
        sql("insert into wallet_totals values ('" + tenant + "', 100, 7, 30, 20)");
        try {
            Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
                assertEquals(earned + 37, held("earned"));
                assertEquals(budget + 50, held("budget"));
            });
        } finally {
            sql(
                    "update wallet_totals set delegated = 0, awarded_from_pool = 0, awarded_from_budget = 0, budget_returned = 0"
                            + " where tenant_id = '" + tenant + "'");
        }
    }

    private static double pools(String le) {
        return Metrics.sum("points_pool_balances", Map.of("le", le)).orElse(-1);
    }

    private static double held(String kind) {
        return Metrics.sum("points_wallet_points", Map.of("kind", kind)).orElse(-1);
    }

    private static double number(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = connection.createStatement();
                var row = sql.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
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
