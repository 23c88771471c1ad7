package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.PointsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * A month of many tenants is closed while each of them can be written for. {@code -Dpoints.test.tenants=10000
 * -Dpoints.test.movements=1000000} makes them ten thousand with a million movements; the default keeps the build short.
 */
@QuarkusTest
class ManyTenantsTest extends BillingServiceTest {

    private static final Logger LOG = Logger.getLogger(ManyTenantsTest.class);
    private static final int TENANTS = Integer.getInteger("points.test.tenants", 200);
    private static final int EACH = Math.max(1, Integer.getInteger("points.test.movements", 4_000) / TENANTS);
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSING = Duration.ofMinutes(60);
    private static final String MONTH = "1998-03";

    private final UUID anna = UUID.randomUUID();
    private final List<UUID> tenants =
            Stream.generate(UUID::randomUUID).limit(TENANTS).toList();

    @Test
    void aMonthOfAllTenantsIsClosedWhileTheirLocksStayFree() throws Exception {
        tenants.forEach(it -> sendAt("1998-03-05T10:00:00Z", allocated(it, EACH + 1, 1)));
        awaitHeard();
        distribute();
        var boardTook = timed(() -> as("finance")
                .get("/api/billing/periods?limit=200&period=" + MONTH)
                .then()
                .statusCode(200));
        var summaryTook = timed(() -> as("finance")
                .get("/api/billing/periods/summary?period=" + MONTH)
                .then()
                .statusCode(200)
                .body("states.open", greaterThanOrEqualTo(TENANTS)));

        var others = Executors.newSingleThreadExecutor();
        var done = new AtomicBoolean();
        try {
            var longestWait = others.submit(() -> longestWait(done));
            var closingTook = timed(this::closeAll);
            done.set(true);
            LOG.infof(
                    "%s tenants with %s movements each: a page of the board took %s, the summary %s, closing %s; the longest wait for a"
                            + " tenant's lock was %s",
                    TENANTS, EACH, boardTook, summaryTook, closingTook, longestWait.get());
            assertTrue(
                    longestWait.get().compareTo(LONGEST_LOCK) < 0,
                    longestWait.get().toString());
        } finally {
            done.set(true);
            others.shutdown();
        }
        as("finance")
                .get("/api/billing/periods/summary?period=" + MONTH)
                .then()
                .body("states.closed", greaterThanOrEqualTo(TENANTS));
        statement(tenants.get(0), MONTH)
                .then()
                .body("state", equalTo("closed"))
                .body("pool.distributed", equalTo(EACH))
                .body("pool.closing", equalTo(1));
    }

    private void closeAll() {
        String id = asFinance(anna)
                .contentType("application/json")
                .body("{\"period\": \"%s\", \"reason\": \"month end\", \"soft_close\": true}".formatted(MONTH))
                .post("/api/billing/closings")
                .then()
                .statusCode(202)
                .extract()
                .path("closing_id");
        await().atMost(LONGEST_CLOSING).until(() -> as("finance")
                .get("/api/billing/closings/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("state")
                .equals("finished"));
        as("finance")
                .get("/api/billing/closings/" + id)
                .then()
                .body("counts.closed", greaterThanOrEqualTo(TENANTS))
                .body("counts.failed", equalTo(0));
    }

    /** As if so many awards of each had been heard of. */
    private void distribute() throws SQLException {
        var ids = tenants.stream().map(UUID::toString).collect(Collectors.joining(",", "'{", "}'::uuid[]"));
        sql(
                """
                insert into movement_log (event_id, tenant_id, flow, points, billing_period, occurred_at, subject, pool_version,
                       balance_after)
                select gen_random_uuid(), tenant, 'distributed', 1, '1998-03-01', '1998-03-10', md5(tenant::text || i)::uuid, i + 1,
                       %2$s - i from unnest(%1$s) as tenant, generate_series(1, %3$s) as i""".formatted(ids, EACH + 1, EACH),
                """
                insert into period_flows (tenant_id, billing_period, flow, points)
                select tenant, '1998-03-01', 'distributed', %2$s from unnest(%1$s) as tenant""".formatted(ids, EACH),
                "update billing_tenants set contiguous_version = %2$s where tenant_id = any (%1$s)"
                        .formatted(ids, EACH + 1));
    }

    /** How long somebody who writes for one tenant after the other had to wait for its lock. */
    private Duration longestWait(AtomicBoolean done) throws SQLException {
        long longest = 0;
        try (var rival = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = rival.prepareStatement("select from billing_tenants where tenant_id = ? for update")) {
            rival.setAutoCommit(false);
            while (!done.get()) {
                sql.setObject(1, tenants.get(ThreadLocalRandom.current().nextInt(TENANTS)));
                long begin = System.nanoTime();
                sql.execute();
                longest = Math.max(longest, System.nanoTime() - begin);
                rival.rollback();
            }
        }
        return Duration.ofNanos(longest);
    }

    private static Duration timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
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
