package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.testing.Metrics;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
            assertEquals(
                    number("select sum(taken_back) from tenants"),
                    Metrics.sum("points_pool_moved_points", Map.of("movement", "taken_back"))
                            .orElse(-1));
        });
        assertEquals(1, number(balances + "10000 and id = '" + tenant + "'"));
    }

    @Test
    void whatWalletsHoldIsWhatTheirEventsAddUpTo() {
        var tenant = UUID.randomUUID();
        var lead = UUID.randomUUID();
        var employee = UUID.randomUUID();
        var day = LocalDate.of(2027, 2, 28);
        double earned = held("earned");
        double budget = held("budget");
        try (var kafka = new TestKafka()) {
            kafka.send(new PointsDelegated(newId(), tenant, lead, lead, 100, 1, 100));
            kafka.send(awarded(tenant, PointsSource.POOL, 70));
            kafka.send(awarded(tenant, PointsSource.BUDGET, 30));
            kafka.send(new BudgetReturned(newId(), tenant, lead, 20, 2, 50));
            kafka.send(reversed(tenant, PointsSource.POOL, 9));
            kafka.send(reversed(tenant, PointsSource.BUDGET, 8));
            kafka.send(new EarnedReturned(newId(), tenant, employee, LapseReason.AGE, day, 7, 3, 0));
            for (var source : PointsSource.values()) {
                var until = Instant.now();
                kafka.send(new DistributionHeld(
                        newId(),
                        tenant,
                        DistributionKind.AWARD,
                        source,
                        lead,
                        employee,
                        5,
                        1,
                        until,
                        null,
                        null,
                        null));
                kafka.send(new DistributionReleased(newId(), tenant, source, lead, 4, null, null, null, null));
            }
            for (var account : Account.values()) {
                // Of a pool, only what was forged says so; it counts for nothing.
                kafka.send(new PointsExpired(newId(), tenant, employee, account, LapseReason.AGE, day, 6, 4, 0));
            }
        }
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            assertEquals(earned + 70 + 30 - 9 - 8 - 7 - 6, held("earned"));
            assertEquals(budget + 100 - 30 - 20 + 8 - 6 - 5 + 4, held("budget"));
        });
    }

    private static PointsAwarded awarded(UUID tenant, PointsSource source, long amount) {
        var somebody = UUID.randomUUID();
        return new PointsAwarded(
                newId(), tenant, source, somebody, somebody, amount, 1, amount, null, null, null, null);
    }

    private static AwardReversed reversed(UUID tenant, PointsSource to, long amount) {
        return new AwardReversed(
                newId(), tenant, newId(), to, UUID.randomUUID(), amount, 0, 2, 0, null, null, null, null);
    }

    private static UUID newId() {
        return Ids.next(Instant.now());
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
