package io.points.billing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.Topic;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A January whose last movements come after it was closed, and what can be done with them. */
abstract class LateEntriesScenario extends BillingServiceTest {

    static final String JANUARY = "2026-01";
    static final String FEBRUARY = "2026-02";
    static final String WHY = "the bank has it in January";

    final UUID anna = UUID.randomUUID();
    final UUID ben = UUID.randomUUID();

    /** Of the pool, as its newest event told it. */
    long balance;

    void bought(String time, long points, long version) {
        balance += points;
        sendAt(time, new PointsAllocated(Movements.newId(), tenant, points, "INR", "1.00", "PO-1", balance, version));
    }

    void takenBack(String time, long points, long version) {
        balance -= points;
        sendAt(
                time,
                new PointsClawedBack(Movements.newId(), tenant, points, "INR", "1.00", "unused", balance, version));
    }

    /** January closes with 100; 40 more were bought in it, and 50 taken back, which was heard of too late. */
    void closedWithLateEntries() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        awaitHeard();
        close(JANUARY);
        bought("2026-01-31T23:59:59Z", 40, 2);
        takenBack("2026-01-31T23:59:59.5Z", 50, 3);
        awaitHeard();
    }

    void close(String month) {
        step(anna, tenant, month, "soft-close").then().statusCode(200);
        step(anna, tenant, month, "close").then().statusCode(200);
    }

    void reopen(String month) {
        step(anna, tenant, month, "reopen").then().statusCode(200);
        step(ben, tenant, month, "reopen/approve").then().statusCode(200);
    }

    ValidatableResponse late(String month) {
        return as("finance").get(path(tenant, month)).then().statusCode(200);
    }

    Response move(String month, @Nullable List<String> ids) {
        return post(anna, month, "/move", ids);
    }

    Response post(UUID person, String month, String route, @Nullable List<String> ids) {
        return post(person, tenant, month, route, ids);
    }

    static Response post(UUID person, UUID tenant, String month, String route, @Nullable List<String> ids) {
        return asFinance(person)
                .contentType("application/json")
                .body(ids == null ? Map.of("reason", WHY) : Map.of("reason", WHY, "entry_ids", ids))
                .post(path(tenant, month) + route);
    }

    Response keyed(String key) {
        return asFinance(anna)
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(Map.of("reason", WHY))
                .post(path(tenant, JANUARY) + "/move");
    }

    static String path(UUID tenant, String month) {
        return "/api/billing/periods/" + tenant + "/" + month + "/late-entries";
    }

    static Response refused(Response answer, int status, String slug, String field) {
        answer.then()
                .statusCode(status)
                .body("type", equalTo("urn:points:problem:" + slug))
                .body("errors[0].field", equalTo(field));
        return answer;
    }

    void assertReconciled() {
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    /** Amounts by month, as statements have them. */
    Map<String, Long> billed() {
        return List.of("2025-12", JANUARY, FEBRUARY).stream()
                .collect(Collectors.toMap(
                        month -> month, month -> total(statement(tenant, month).jsonPath())));
    }

    static long total(JsonPath statement) {
        return statement.getList("entries.amount_minor", Long.class).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** A stranger adds up the topic by month, and knows nothing of pairs. */
    void assertTheTopicHasTheSameMonths() {
        var sums = await().atMost(Duration.ofSeconds(20)).until(this::sumsOfTheTopic, found -> found.equals(billed()));
        assertTrue(sums.get(JANUARY) > 0);
    }

    Map<String, Long> sumsOfTheTopic() {
        var sums = kafka.messages(Topic.BILLING_ENTRIES, BillingEntryRecorded.class, tenant).stream()
                .collect(Collectors.groupingBy(
                        BillingEntryRecorded::billingPeriod,
                        Collectors.summingLong(BillingEntryRecorded::amountMinor)));
        List.of("2025-12", JANUARY, FEBRUARY).forEach(month -> sums.putIfAbsent(month, 0L));
        return sums;
    }
}
