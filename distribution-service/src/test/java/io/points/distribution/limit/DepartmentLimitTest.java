package io.points.distribution.limit;

import static io.points.distribution.limit.LimitTest.award;
import static io.points.distribution.limit.LimitTest.body;
import static io.points.distribution.limit.LimitTest.rules;
import static io.points.distribution.limit.LimitTest.sideBySide;
import static io.points.distribution.limit.LimitTest.untilTaken;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.DistributionKind;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is given out of departments' envelopes: limited, and as allowances. */
@DistributionServiceTest
class DepartmentLimitTest {

    private static final String EACH =
            "{'id': 'each', 'of': 'department', 'per': 'month', 'points': 100, 'then': 'refuse'}";

    private Given given;
    private UUID sales;

    @BeforeEach
    void make() {
        given = Given.tenant();
        sales = given.department("Sales");
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void whatIsGivenOutOfADepartmentIsLimited() {
        rules(given, EACH);
        var first = idOf(awardOutOf(sales, given.asManager(), 60).statusCode(202));
        awardOutOf(sales, given.as(UUID.randomUUID(), "manager"), 41)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:limit-exceeded"))
                .body("rule", equalTo("each"))
                .body("used", equalTo(60))
                .body("left", equalTo(40))
                .body("detail", containsString(" out of one department "));
        awardOutOf(given.department("Support"), given.asManager(), 100).statusCode(202);
        awardOutOf(null, given.asManager(), 5_000).statusCode(202);
        left(sales, 40);
        given.asManager().get("/api/policy/limits/me").then().statusCode(200).body("items", empty());
        given.asEmployee()
                .get("/api/policy/limits/me?department_id=" + sales)
                .then()
                .statusCode(200)
                .body("items", empty());
        given.poolRefuses(first, 60);
        Awaitility.await().untilAsserted(() -> left(sales, 100));
    }

    @Test
    void ofManyAtOnceAsManyPassAsTheLimitSays() {
        rules(given, EACH);
        var statuses = sideBySide(16, i -> {
            var by = given.as(UUID.randomUUID(), "manager");
            return untilTaken(() -> awardOutOf(sales, by, 10));
        });
        assertEquals(10, statuses.stream().filter(status -> status == 202).count(), statuses::toString);
    }

    @Test
    void whatABatchGivesOutOfADepartmentCountsAndIsFreedOnceItIsTakenBack() {
        rules(given, EACH);
        var other = given.newEmployee();
        var amounts = new LinkedHashMap<UUID, Long>();
        amounts.put(given.employee, 30L);
        amounts.put(other, 50L);
        var batch = UUID.fromString(given.asManager()
                .header("Prefer", "respond-async")
                .body(outOf(sales, Given.batch("all_or_nothing", amounts)))
                .post("/api/allocations/award-points/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("batch_id"));
        left(sales, 20);
        given.awaitCommand(DebitPool.class, batch);
        given.kafka.send(
                new PoolDebited(batch, given.tenant, DistributionKind.BATCH, 80, 920, 2, null, sales, 2L, 220L));
        given.awaitBatch(batch, "COMPLETED");
        var reversed = UUID.fromString(given.asManager()
                .get("/api/allocations/award-points/batch/" + batch + "/receivers")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.to_user_id == '" + other + "' }.distribution_id"));
        given.asManager()
                .header("Prefer", "respond-async")
                .body("{\"reason\": \"Wrong person\"}")
                .post("/api/allocations/distributions/" + reversed + "/reverse")
                .then();
        Awaitility.await().untilAsserted(() -> left(sales, 70));
        given.asManager()
                .header("Prefer", "respond-async")
                .body(outOf(sales, Given.batch("each", Map.of(other, 71L))))
                .post("/api/allocations/award-points/batch/check")
                .then()
                .statusCode(200)
                .body("refused.size()", equalTo(1));
    }

    @Test
    void whatAWishIsGrantedOutOfADepartmentCounts() {
        rules(given, EACH);
        var wish = given.wish(60);
        given.asManager()
                .body("{\"department_id\": \"%s\", \"description\": \"Thank you\"}".formatted(sales))
                .post("/api/wishes/" + wish + "/grant")
                .then()
                .statusCode(200);
        left(sales, 40);
    }

    @Test
    void anAllowanceIsGivenOutOfADepartmentWithoutNamingIt() {
        rules(given, peers("sales", "department:" + sales, "month", 100), peers("pool", "pool", "week", 20), EACH);
        var other = given.newEmployee();
        var first = idOf(award(given.asEmployee(), other, 90)
                .statusCode(202)
                .body("source", equalTo("pool"))
                .body("department_id", equalTo(sales.toString())));
        assertEquals(
                new DebitPool(first, given.tenant, DistributionKind.AWARD, 90, sales),
                given.awaitCommand(DebitPool.class, first));
        var second = idOf(award(given.asEmployee(), other, 20).statusCode(202).body("department_id", nullValue()));
        assertNull(given.awaitCommand(DebitPool.class, second).departmentId());
        award(given.asEmployee(), other, 11)
                .statusCode(409)
                .body("rule", equalTo("sales"))
                .body("left", equalTo(10));
        mine(given.asEmployee())
                .body("items.rule", contains("sales", "pool"))
                .body("items.from", contains("department:" + sales, "pool"))
                .body("items.left", contains(10, 0));
        left(sales, 10);
        given.poolRefuses(first, 90);
        Awaitility.await().untilAsserted(() -> mine(given.asEmployee()).body("items.left", contains(100, 0)));
        left(sales, 100);
    }

    @Test
    void manyAtOnceGiveNoMoreThanTheirAllowances() {
        rules(given, peers("sales", "department:" + sales, "month", 50), peers("pool", "pool", "year", 30));
        var other = given.newEmployee();
        var statuses = sideBySide(12, i -> untilTaken(() -> award(given.asEmployee(), other, 10)));
        assertEquals(8, statuses.stream().filter(status -> status == 202).count(), statuses::toString);
        mine(given.asEmployee()).body("items.left", contains(0, 0));
    }

    @Test
    void aLeadGivesOutOfADepartmentAsFarAsTheAllowanceGoesAndThenOutOfTheBudget() {
        rules(given, peers("leads", "department:" + sales, "month", 100).replace("employee", "lead"));
        given.budget(50);
        award(given.asLead(), given.employee, 70).statusCode(202).body("department_id", equalTo(sales.toString()));
        award(given.asLead(), given.employee, 40)
                .statusCode(201)
                .body("source", equalTo("budget"))
                .body("department_id", nullValue());
        closeSales().body("rules", contains("leads"));
        award(given.asLead(), given.employee, 10).statusCode(201).body("source", equalTo("budget"));
        award(given.asLead(), given.employee, 1).statusCode(409).body("reason", equalTo("INSUFFICIENT_BUDGET_BALANCE"));
    }

    @Test
    void ofADepartmentThatHasBeenClosedNothingIsGiven() {
        var allowance = peers("sales", "department:" + sales, "month", 100);
        rules(given, allowance, EACH);
        given.asManager().get("/api/policy").then().statusCode(200).body("closed_department_rules", nullValue());
        given.asManager().get("/api/departments").then().body("items.rules", contains(List.of("sales")));
        closeSales().body("rules", contains("sales"));
        var other = given.newEmployee();
        award(given.asEmployee(), other, 1)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:department-closed"))
                .body("rule", equalTo("sales"));
        given.asManager().get("/api/policy").then().statusCode(200).body("closed_department_rules", contains("sales"));
        given.asManager()
                .body("{\"earned\": {}}")
                .put("/api/policy")
                .then()
                .statusCode(200)
                .body("closed_department_rules", contains("sales"));
        invalid(allowance, "rules[0].from");
        rules(given, peers("pool", "pool", "month", 10)).body("closed_department_rules", nullValue());
        award(given.asEmployee(), other, 1).statusCode(202);
    }

    @Test
    void aClosedDepartmentIsPassedOverIfThereIsAnotherAllowance() {
        rules(given, peers("sales", "department:" + sales, "month", 100), peers("pool", "pool", "week", 20));
        closeSales();
        var other = given.newEmployee();
        award(given.asEmployee(), other, 20).statusCode(202).body("department_id", nullValue());
        award(given.asEmployee(), other, 1).statusCode(409).body("rule", equalTo("pool"));
    }

    @Test
    void rulesNameDepartmentsOfTheirTenantOnly() {
        var unknown = UUID.randomUUID();
        var some = EACH.replace("'per'", "'departments': ['" + sales + "', '" + unknown + "'], 'per'");
        invalid(some, "rules[0].departments[1]");
        invalid(peers("a", "department:" + unknown, "month", 1), "rules[0].from");
        try (var other = Given.tenant()) {
            invalid(peers("a", "department:" + other.department("Ours"), "month", 1), "rules[0].from");
        }
        given.asManager()
                .body(body(peers("a", "department:Sales", "month", 1)))
                .put("/api/policy")
                .then()
                .statusCode(400)
                .body("errors.field", contains("rules[0].from"));
    }

    @Test
    void managersAreToldOfEachDepartment() {
        rules(given, EACH.replace("'refuse'", "'refuse', 'alert_at': [80]"));
        var support = given.department("Support");
        awardOutOf(sales, given.asManager(), 80).statusCode(202);
        awardOutOf(sales, given.asManager(), 5).statusCode(202);
        awardOutOf(support, given.asManager(), 90).statusCode(202);
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        List.of("each of " + sales + ": 80", "each of " + support + ": 90"),
                        given.kafka.messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant).stream()
                                .map(told -> told.rule() + " of " + told.departmentId() + ": " + told.used())
                                .toList()));
        var told = given.kafka
                .messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant)
                .get(0);
        assertEquals("department", told.of());
        assertNull(told.giverId());
        assertNull(told.receiverId());
    }

    @Test
    void whatALimitOfADepartmentWouldHaveRefusedIsShown() {
        var past = idOf(awardOutOf(sales, given.asManager(), 60).statusCode(202));
        given.awaitCommand(DebitPool.class, past);
        given.kafka.send(
                new PoolDebited(past, given.tenant, DistributionKind.AWARD, 60, 940, 2, null, sales, 2L, 240L));
        given.awaitState(past, "COMPLETED");
        given.awardedFromPool(70);
        given.asManager()
                .body(body(EACH.replace("100", "50")))
                .post("/api/policy/check")
                .then()
                .statusCode(200)
                .body("rules.awards", contains(1))
                .body("rules.points", contains(60));
    }

    private void invalid(String rule, String field) {
        for (var route : List.of("/api/policy", "/api/policy/check")) {
            var request = given.asManager().body(body(rule));
            (route.endsWith("check") ? request.post(route) : request.put(route))
                    .then()
                    .statusCode(422)
                    .body("type", equalTo("urn:points:problem:invalid-policy"))
                    .body("errors.field", contains(field));
        }
    }

    private ValidatableResponse closeSales() {
        return given.department(sales, "{\"name\": \"Sales\", \"closed\": true}")
                .statusCode(200);
    }

    private static String peers(String id, String from, String per, int points) {
        return "{'id': '%s', 'of': 'giver', 'roles': ['employee'], 'from': '%s', 'per': '%s', 'points': %s, 'then': 'refuse'}"
                .formatted(id, from, per, points);
    }

    private ValidatableResponse awardOutOf(@Nullable UUID department, RequestSpecification by, long points) {
        var award = Given.award(given.employee, points);
        return by.header("Prefer", "respond-async")
                .body(department == null ? award : outOf(department, award))
                .post("/api/allocations/award-points")
                .then();
    }

    private static String outOf(UUID department, String body) {
        return "{\"department_id\": \"" + department + "\", " + body.substring(1);
    }

    private static UUID idOf(ValidatableResponse response) {
        return UUID.fromString(response.extract().path("distribution_id"));
    }

    private static ValidatableResponse mine(RequestSpecification by) {
        return by.get("/api/policy/limits/me").then().statusCode(200);
    }

    private void left(UUID department, int left) {
        given.asManager()
                .get("/api/policy/limits/me?department_id=" + department)
                .then()
                .statusCode(200)
                .body("items.find { it.of == 'department' }.department_id", equalTo(department.toString()))
                .body("items.find { it.of == 'department' }.left", equalTo(left));
    }
}
