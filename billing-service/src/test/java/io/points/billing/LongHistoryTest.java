package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A tenant with a long history: its month is closed and its books are reconciled, while its lock stays free for whoever writes.
 * {@code -Dpoints.test.movements=1000000} makes it a million; the default keeps the build short.
 */
@QuarkusTest
class LongHistoryTest extends BillingServiceTest {

    private static final int MOVEMENTS = Integer.getInteger("points.test.movements", 100_000);
    private static final UUID FINANCE = UUID.randomUUID();
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(1);

    @Test
    void aMonthIsClosedAndReconciledWhileItsTenantsLockStaysFree() throws Exception {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, MOVEMENTS, 1));
        awaitHeard();
        distribute(MOVEMENTS / 2);
        kafka.send(counted(MOVEMENTS / 2));
        awaitHeard();

        var others = Executors.newSingleThreadExecutor();
        var done = new AtomicBoolean();
        try {
            var longestWait = others.submit(() -> longestWait(done));
            step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);
            step(FINANCE, tenant, "2026-01", "close").then().statusCode(200).body("state", equalTo("closed"));
            as("finance")
                    .get("/api/billing/reconciliation/" + tenant)
                    .then()
                    .statusCode(200)
                    .body("differences", hasSize(0))
                    .body("audit.state", equalTo("agrees"))
                    .body("agrees", equalTo(true));
            statement(tenant, "2026-01").then().statusCode(200).body("pool.distributed", equalTo(MOVEMENTS / 2));
            as("finance").get("/api/billing/journal/2026-01.csv").then().statusCode(200);
            done.set(true);
            assertTrue(
                    longestWait.get().compareTo(LONGEST_LOCK) < 0,
                    longestWait.get().toString());
        } finally {
            done.set(true);
            others.shutdown();
        }
    }

    /** As many as there may be. */
    @Test
    void emptyMonthsAreClosedAlongWhileTheTenantsLockStaysFree() throws Exception {
        sendAt("2016-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);

        var others = Executors.newSingleThreadExecutor();
        var done = new AtomicBoolean();
        try {
            var longestWait = others.submit(() -> longestWait(done));
            step(FINANCE, tenant, "2026-01", "close").then().statusCode(200);
            done.set(true);
            assertTrue(
                    longestWait.get().compareTo(LONGEST_LOCK) < 0,
                    longestWait.get().toString());
        } finally {
            done.set(true);
            others.shutdown();
        }
        statement(tenant, "2016-01").then().body("state", equalTo("closed"));
    }

    /** As audit-service counts it. */
    private RecordsCounted counted(int awards) {
        var points = Integer.toString(MOVEMENTS);
        return new RecordsCounted(
                tenant,
                awards + 2,
                Instant.parse("2026-02-01T00:00:00Z"),
                awards + 2,
                awards + 1,
                0,
                List.of(
                        new RecordCount(Topic.POOL_EVENTS, "PointsAllocated", 1, points, null),
                        new RecordCount(Topic.POOL_EVENTS, "PoolDebited", awards, Integer.toString(awards), null),
                        new RecordCount(Topic.BILLING_ENTRIES, "INR", 1, points, points + "00")),
                List.of());
    }

    /** What has arrived before it has left is kept count of, in whatever way it came into the log. */
    @Test
    void whatIsAheadHoldsUpTheMonthUntilItsDebitIsThere() throws SQLException {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        var subject = UUID.randomUUID();
        sql(movement("awarded_from_pool", subject, "null", "null"));
        step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(409);
        sql(movement("distributed", subject, "2", "99"), contiguous(2));
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(200);
    }

    /** What waited for approval and is in the pool again has been released, whichever of the topics says so first. */
    @Test
    void whatWaitedAndCameBackHoldsUpTheMonthUntilItsReleaseIsThere() throws SQLException {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        var subject = UUID.randomUUID();
        sql(movement("held", subject, "null", "null"));
        step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(409);
        sql(movement("distributed", subject, "2", "99"), movement("refunded", subject, "3", "100"), contiguous(3));
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(409);
        sql(movement("released", subject, "null", "null"));
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(200);
    }

    /** The other way round. */
    @Test
    void whatCameBackBeforeItWasHeardToWaitHoldsUpTheMonthToo() throws SQLException {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        var subject = UUID.randomUUID();
        sql(movement("distributed", subject, "2", "99"), movement("refunded", subject, "3", "100"), contiguous(3));
        sql(movement("held", subject, "null", "null"));
        step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(409);
        sql(movement("released", subject, "null", "null"));
        step(FINANCE, tenant, "2026-01", "close").then().statusCode(200);
    }

    /** As if so many awards had been heard of. */
    private void distribute(int awards) throws SQLException {
        sql(
                """
                insert into movement_log (event_id, tenant_id, flow, points, billing_period, occurred_at, subject, pool_version,
                       balance_after)
                select gen_random_uuid(), '%1$s', 'distributed', 1, '2026-01-01', '2026-01-10', md5('%1$s' || i)::uuid, i + 1,
                       %2$s - i from generate_series(1, %3$s) as i""".formatted(tenant, MOVEMENTS, awards),
                """
                insert into movement_log (event_id, tenant_id, flow, points, billing_period, occurred_at, subject)
                select gen_random_uuid(), '%1$s', 'awarded_from_pool', 1, '2026-01-01', '2026-01-10', md5('%1$s' || i)::uuid
                from generate_series(1, %2$s) as i""".formatted(tenant, awards),
                """
                insert into period_flows (tenant_id, billing_period, flow, points)
                select tenant_id, billing_period, flow, sum(points) from movement_log
                where tenant_id = '%1$s' and flow <> 'allocated' group by 1, 2, 3""".formatted(tenant),
                contiguous(awards + 1));
    }

    private String movement(String flow, UUID subject, String version, String balance) {
        return """
                insert into movement_log (event_id, tenant_id, flow, points, billing_period, occurred_at, subject, pool_version,
                       balance_after)
                values (gen_random_uuid(), '%s', '%s', 1, '2026-01-01', '2026-01-10', '%s', %s, %s)""".formatted(tenant, flow, subject, version, balance);
    }

    private String contiguous(long version) {
        return "update billing_tenants set contiguous_version = %s where tenant_id = '%s'".formatted(version, tenant);
    }

    /** How long somebody who writes for the tenant had to wait for its lock. */
    private Duration longestWait(AtomicBoolean done) throws SQLException {
        long longest = 0;
        try (var rival = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = rival.createStatement()) {
            rival.setAutoCommit(false);
            while (!done.get()) {
                long begin = System.nanoTime();
                sql.execute("select from billing_tenants where tenant_id = '" + tenant + "' for update");
                longest = Math.max(longest, System.nanoTime() - begin);
                rival.rollback();
            }
        }
        return Duration.ofNanos(longest);
    }

    private static void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = connection.createStatement()) {
            for (var statement : statements) {
                sql.execute(statement);
            }
        }
    }
}
