package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PeriodEvent;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A month is closed by a job, while others close and reopen it, late events come in, and transactions are killed. */
@QuarkusTest
class ClosingChaosTest extends BillingServiceTest {

    private static final int TENANTS = 16;
    private static final int KILLS = 20;
    private static final String MARCH = "1997-03";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private final List<UUID> tenants =
            Stream.generate(UUID::randomUUID).limit(TENANTS).toList();

    @Test
    void eachMonthEndsOnce() {
        tenants.forEach(it -> sendAt("1997-03-05T10:00:00Z", allocated(it, 100, 1)));
        awaitHeard();

        var first = begin();
        var others = List.of(
                SideBySide.begin(() -> each(it -> {
                    step(ben, it, MARCH, "soft-close");
                    step(ben, it, MARCH, "close");
                })),
                SideBySide.begin(() -> each(it -> {
                    step(ben, it, MARCH, "reopen");
                    step(anna, it, MARCH, "reopen/approve");
                })),
                SideBySide.begin(() -> each(it -> sendAt(
                        "1997-03-31T23:00:00Z",
                        new PointsAllocated(Movements.newId(), it, 7, "INR", "1.00", "PO-2", 107, 2)))),
                SideBySide.begin(ClosingChaosTest::kill));
        others.forEach(it -> it.join());
        finish(first);
        awaitHeard();
        finish(begin());

        var events = kafkaEvents();
        for (var it : tenants) {
            var month = as("finance")
                    .get("/api/billing/periods/" + it + "/" + MARCH)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("closed"))
                    .extract()
                    .jsonPath();
            var actions = month.getList("steps.action", String.class);
            assertLegal(actions);
            assertEquals(
                    actions.stream().filter("closed"::equals).count(),
                    month.getList("revisions").size());
            assertEquals(
                    LongStream.rangeClosed(1, actions.size()).boxed().toList(),
                    events.get(it).keySet().stream().sorted().toList(),
                    "each step is published");
            assertEquals(List.of(), reconciliation(it).getList("differences"));
            int march = statement(it, MARCH).path("pool.allocated");
            int april = statement(it, "1997-04").path("pool.allocated");
            assertEquals(107, march + april, "what came late is counted once");
        }
    }

    /** Each step follows from the one before. */
    private static void assertLegal(List<String> actions) {
        var next = Map.of(
                "", List.of("soft_closed"),
                "soft_closed", List.of("closed"),
                "closed", List.of("reopening_proposed"),
                "reopening_proposed", List.of("reopened"),
                "reopened", List.of("soft_closed"));
        var before = "";
        for (var action : actions) {
            assertTrue(next.get(before).contains(action), actions.toString());
            before = action;
        }
    }

    /** By tenant and number of the step; a step that was published as two different ones fails. */
    private Map<UUID, Map<Long, PeriodEvent>> kafkaEvents() {
        await().atMost(Duration.ofSeconds(30)).until(() -> unsent() == 0);
        var events = new HashMap<UUID, Map<Long, PeriodEvent>>();
        kafka.read(Topic.BILLING_PERIODS).stream()
                .map(it -> (PeriodEvent) TestKafka.message(it))
                .filter(it -> tenants.contains(it.tenantId()))
                .forEach(it -> {
                    var known = events.computeIfAbsent(it.tenantId(), id -> new HashMap<>())
                            .put(it.step(), it);
                    assertTrue(known == null || known.equals(it), "published twice: " + it + " and " + known);
                });
        return events;
    }

    private static long unsent() throws SQLException {
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = owner.createStatement();
                var rows = sql.executeQuery("select count(*) from outbox")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private int each(Consumer<UUID> work) {
        tenants.forEach(work);
        return TENANTS;
    }

    /** Ends the service's transactions that wait or think, again and again. */
    private static int kill() {
        int killed = 0;
        try (var superuser = DriverManager.getConnection(
                        PointsTestResource.surroundings().superuserJdbcUrl());
                var sql = superuser.createStatement()) {
            for (int i = 0; i < KILLS; i++) {
                try (var rows = sql.executeQuery("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where usename like '%\\_app' and xact_start is not null order by random() limit 1
                        """)) {
                    killed += rows.next() ? 1 : 0;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return killed;
    }

    private String begin() {
        return asFinance(anna)
                .contentType("application/json")
                .body("{\"period\": \"%s\", \"reason\": \"month end\", \"soft_close\": true}".formatted(MARCH))
                .post("/api/billing/closings")
                .then()
                .statusCode(202)
                .extract()
                .path("closing_id");
    }

    private static void finish(String job) {
        await().atMost(Duration.ofSeconds(120)).until(() -> "finished"
                .equals(as("finance").get("/api/billing/closings/" + job).path("state")));
    }
}
