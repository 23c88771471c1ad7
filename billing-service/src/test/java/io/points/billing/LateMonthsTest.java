package io.points.billing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.GeneratedMonths.Told;
import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Generated months, of whose first one the end is told only after it was closed. It is reopened, and what came late is moved into it
 * in whatever order: in the end each month was billed what it would have been if everything had come in time, as
 * {@link ExpectedBooks} reckons it, and in between the documents agree with each other at each step.
 */
@QuarkusTest
class LateMonthsTest extends BillingServiceTest {

    /** One by which some moves are done and some refused. */
    private static final long SEED = 3;

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final Period FIRST = Period.parse("2025-12");
    private static final Period SECOND = FIRST.next();

    private final Random random = new Random(SEED);
    private int refused;
    private int moved;

    @Test
    void whatCameLateIsMovedInWhateverOrder() {
        var months = new GeneratedMonths(SEED, FIRST, 3);
        var ends = new HashMap<UUID, Instant>();
        months.tenants()
                .forEach(it -> ends.put(it.id(), FIRST.start().plus(Duration.ofHours(24 + random.nextInt(24 * 14)))));
        var told = months.told();
        send(told.stream().filter(it -> !isLate(it, ends)).toList());
        months.tenants().forEach(it -> close(it.id(), FIRST));
        send(told.stream().filter(it -> isLate(it, ends)).toList());

        for (var tenant : months.tenants()) {
            step(ANNA, tenant.id(), FIRST.toString(), "reopen").then().statusCode(200);
            step(BEN, tenant.id(), FIRST.toString(), "reopen/approve").then().statusCode(200);
            moveAll(tenant.id());
            for (var month : List.of(FIRST, SECOND)) {
                close(tenant.id(), month);
                assertAsIfInTime(tenant, month);
            }
            assertAgreement(tenant.id());
        }
        assertTrue(moved > 8, "several moves: " + moved);
        assertTrue(refused > 0, "and some that cannot be done without others");
    }

    private void moveAll(UUID tenant) {
        for (var late = late(tenant); !late.isEmpty(); late = late(tenant)) {
            Collections.shuffle(late, random);
            var some = late.size() < 4 ? null : late.subList(0, 1 + random.nextInt(3));
            var before = totals(tenant);
            var answer = move(tenant, some);
            if (answer.statusCode() == 200) {
                moved++;
            } else {
                assertNotNull(some, "all of them together can always be moved: " + answer.asString());
                assertEquals("urn:points:problem:late-entries-incomplete", answer.path("type"), answer.asString());
                assertEquals(before, totals(tenant));
                refused++;
            }
            assertAgreement(tenant);
        }
    }

    private static List<String> late(UUID tenant) {
        return as("finance")
                .queryParam("limit", 200)
                .get(path(tenant))
                .then()
                .statusCode(200)
                .extract()
                .path("items.entry_id");
    }

    private static Response move(UUID tenant, @Nullable List<String> ids) {
        var reason = "moved into its month";
        return asFinance(ANNA)
                .contentType("application/json")
                .body(ids == null ? Map.of("reason", reason) : Map.of("reason", reason, "entry_ids", ids))
                .post(path(tenant) + "/move");
    }

    private static String path(UUID tenant) {
        return "/api/billing/periods/" + tenant + "/" + FIRST + "/late-entries";
    }

    private static boolean isLate(Told told, Map<UUID, Instant> ends) {
        return told.time().isAfter(ends.get(told.message().tenantId()));
    }

    /** Whatever was moved: each month goes on from the one before it, its points are those of its entries, and nothing is lost. */
    private static void assertAgreement(UUID tenant) {
        var first = statement(tenant, FIRST.toString()).jsonPath();
        var second = statement(tenant, SECOND.toString()).jsonPath();
        assertEquals(first.getMap("closing"), second.getMap("opening"));
        assertEquals(first.getLong("pool.closing"), second.getLong("pool.opening"));
        assertTrue(first.getLong("pool.closing") >= 0);
        for (var statement : List.of(first, second)) {
            var pool = statement.<String, Number>getMap("pool");
            assertEquals(
                    number(pool, "closing"),
                    number(pool, "opening")
                            + number(pool, "allocated")
                            - number(pool, "clawed_back")
                            - number(pool, "distributed")
                            + number(pool, "refunded")
                            + number(pool, "returned")
                            - number(pool, "reserved")
                            + number(pool, "released")
                            - number(pool, "expired"));
            assertEquals(
                    number(pool, "allocated") - number(pool, "clawed_back"),
                    statement.getList("entries.points", Long.class).stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    private static long number(Map<String, Number> figures, String name) {
        return figures.getOrDefault(name, 0).longValue();
    }

    private static void assertAsIfInTime(GeneratedTenant tenant, Period month) {
        var statement = statement(tenant.id(), month.toString()).jsonPath();
        var books = tenant.books();
        assertEquals(books.points(month, Flow.ALLOCATED), statement.getLong("pool.allocated"));
        assertEquals(books.points(month, Flow.CLAWED_BACK), statement.getLong("pool.clawed_back"));
        assertEquals(books.billed(month), total(statement));
        assertEquals(
                books.billed(month),
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> ofTheTopic(tenant.id(), month), books.billed(month)::equals));
    }

    private static BigInteger ofTheTopic(UUID tenant, Period month) {
        return kafka.messages(Topic.BILLING_ENTRIES, BillingEntryRecorded.class, tenant).stream()
                .filter(it -> month.toString().equals(it.billingPeriod()))
                .map(it -> BigInteger.valueOf(it.amountMinor()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static List<BigInteger> totals(UUID tenant) {
        return List.of(
                total(statement(tenant, FIRST.toString()).jsonPath()),
                total(statement(tenant, SECOND.toString()).jsonPath()));
    }

    private static BigInteger total(JsonPath statement) {
        return new BigInteger(statement.getString("billed[0].total_minor"));
    }

    private static void close(UUID tenant, Period month) {
        step(ANNA, tenant, month.toString(), "soft-close").then().statusCode(200);
        step(ANNA, tenant, month.toString(), "close").then().statusCode(200);
    }

    private static void send(List<Told> told) {
        told.stream()
                .map(it -> kafka.begin(it.id(), it.message(), it.time()))
                .toList()
                .forEach(TestKafka::await);
        awaitHeard();
    }
}
