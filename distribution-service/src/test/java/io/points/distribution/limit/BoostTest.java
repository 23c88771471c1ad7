package io.points.distribution.limit;

import static io.points.distribution.limit.LimitTest.award;
import static io.points.distribution.limit.LimitTest.rules;
import static io.points.distribution.limit.LimitTest.sideBySide;
import static io.points.distribution.limit.LimitTest.untilTaken;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PolicyEvent.AllowanceBoosted;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What members may give more by their allowances in single months. */
@DistributionServiceTest
class BoostTest {

    private static final String PEERS =
            "{'id': 'peers', 'of': 'giver', 'roles': ['employee'], 'from': 'pool', 'per': 'month', 'points': 100, 'then': 'refuse'}";

    private final YearMonth month = YearMonth.now(ZoneOffset.UTC);
    private Given given;

    @BeforeEach
    void make() {
        given = Given.tenant();
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void aBoostAddsToTheAllowanceOfItsMonth() {
        rules(given, PEERS);
        var other = given.newEmployee();
        award(given.asEmployee(), other, 100).statusCode(202);
        award(given.asEmployee(), other, 1).statusCode(409).body("limit", equalTo(100));
        boost(given.employee, month, 50)
                .statusCode(201)
                .body("user_id", equalTo(given.employee.toString()))
                .body("month", equalTo(month.toString()))
                .body("points", equalTo(50))
                .body("note", equalTo("A long night"))
                .body("boosted_by", equalTo(given.manager.toString()));
        left(150, 50);
        award(given.asEmployee(), other, 51)
                .statusCode(409)
                .body("limit", equalTo(150))
                .body("left", equalTo(50));
        award(given.asEmployee(), other, 50).statusCode(202);
        award(given.as(other, "employee"), given.employee, 101).statusCode(409).body("limit", equalTo(100));
        boost(other, month.plusMonths(1), 70).statusCode(201);
        award(given.as(other, "employee"), given.employee, 101).statusCode(409).body("limit", equalTo(100));
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        List.of(
                                new AllowanceBoosted(given.tenant, given.employee, month.toString(), 50),
                                new AllowanceBoosted(
                                        given.tenant, other, month.plusMonths(1).toString(), 70)),
                        given.kafka.messages(Topic.WALLET_EVENTS, AllowanceBoosted.class, given.tenant)));
    }

    @Test
    void itIsDoneOnceHoweverOftenAndAtOnceItIsAskedFor() {
        rules(given, PEERS);
        var statuses = sideBySide(6, i -> untilTaken(() -> boost(given.employee, month, 50)));
        assertEquals(List.of(201, 201, 201, 201, 201, 201), statuses);
        left(150, 150);
        boost(given.employee, month, 51)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:boosted-already"))
                .body("points", equalTo(50));
        boost(given.employee, month.plusMonths(1), 51).statusCode(201);
        given.asManager()
                .get("/api/policy/boosts?member=" + given.employee)
                .then()
                .statusCode(200)
                .body("items.points", contains(51, 50));
        given.asManager()
                .get("/api/policy/boosts?member=" + given.lead)
                .then()
                .statusCode(200)
                .body("items", empty());
        var page = given.asManager().get("/api/policy/boosts?limit=1").then().statusCode(200);
        given.asManager()
                .get("/api/policy/boosts?limit=1&cursor=" + page.extract().<String>path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.points", contains(50))
                .body("next_cursor", nullValue());
        assertEquals(
                2,
                given.kafka
                        .messages(Topic.WALLET_EVENTS, AllowanceBoosted.class, given.tenant)
                        .size());
    }

    @Test
    void thereMustBeAnAllowanceByTheMonthToAddTo() {
        noAllowance(given.employee);
        rules(given, PEERS.replace("month", "week"));
        noAllowance(given.employee);
        rules(given, PEERS);
        noAllowance(given.lead);
        noAllowance(given.manager);
        given.member(given.employee, "employee", false);
        noAllowance(given.employee);
        boost(UUID.randomUUID(), month, 5)
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"))
                .body("errors.field", contains("user_id"));
        try (var other = Given.tenant()) {
            boost(other.employee, month, 5).statusCode(404);
            other.asManager().get("/api/policy/boosts").then().statusCode(200).body("items", empty());
        }
    }

    @Test
    void aMonthThatIsOverIsNotBoosted() {
        rules(given, PEERS);
        boost(given.employee, month.minusMonths(1), 5)
                .statusCode(400)
                .body("errors.field", contains("month"))
                .body("errors.message", contains("must not be over"));
    }

    @ParameterizedTest
    @CsvSource({"2999-13, 5, month", "2999, 5, month", "2999-1, 5, month", "2999-01, 0, points", "2999-01, 1.5, points"
    })
    void badInputNamesItsField(String month, String points, String field) {
        rules(given, PEERS);
        given.asManager()
                .body("{\"user_id\": \"%s\", \"month\": \"%s\", \"points\": %s, \"note\": \"Thanks\"}"
                        .formatted(given.employee, month, points))
                .post("/api/policy/boosts")
                .then()
                .statusCode(400)
                .body("errors.field", contains(field));
    }

    private void noAllowance(UUID member) {
        boost(member, month, 5).statusCode(409).body("type", equalTo("urn:points:problem:no-monthly-allowance"));
    }

    private ValidatableResponse boost(UUID member, YearMonth in, long points) {
        return given.asManager()
                .body("{\"user_id\": \"%s\", \"month\": \"%s\", \"points\": %s, \"note\": \"A long night\"}"
                        .formatted(member, in, points))
                .post("/api/policy/boosts")
                .then();
    }

    private void left(int limit, int left) {
        given.asEmployee()
                .get("/api/policy/limits/me")
                .then()
                .statusCode(200)
                .body("items.limit", contains(limit))
                .body("items.left", contains(left));
    }
}
