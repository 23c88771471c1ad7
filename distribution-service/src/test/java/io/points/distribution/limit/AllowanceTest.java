package io.points.distribution.limit;

import static io.points.distribution.limit.LimitTest.award;
import static io.points.distribution.limit.LimitTest.body;
import static io.points.distribution.limit.LimitTest.rules;
import static io.points.distribution.limit.LimitTest.sideBySide;
import static io.points.distribution.limit.LimitTest.untilTaken;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What employees and leads give out of the pool because a rule lets them. */
@DistributionServiceTest
class AllowanceTest {

    private static final String PEERS =
            "{'id': 'peers', 'of': 'giver', 'roles': ['employee'], 'from': 'pool', 'per': 'month', 'points': 100, 'then': 'refuse'}";
    private static final String LEADS = PEERS.replace("employee", "lead");

    @Test
    void withoutARuleEmployeesGiveNothing() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            noAllowance(given.asEmployee(), other);
            rules(
                    given,
                    "{'id': 'limit', 'of': 'giver', 'roles': ['employee'], 'per': 'month', 'points': 100, 'then': 'refuse'}");
            noAllowance(given.asEmployee(), other);
            rules(given, PEERS.replace("'roles': ['employee']", "'members': ['" + other + "']"));
            noAllowance(given.asEmployee(), other);
            award(given.as(other, "employee"), given.employee, 100).statusCode(202);
            limits(given.asEmployee()).body("items", empty());
        }
    }

    @Test
    void anAllowanceCanBeMetAndNotPassed() {
        try (var given = Given.tenant()) {
            rules(given, PEERS);
            var other = given.newEmployee();
            award(given.asEmployee(), other, 60)
                    .statusCode(202)
                    .body("source", equalTo("pool"))
                    .body("from_user_id", equalTo(given.employee.toString()));
            award(given.asEmployee(), other, 41)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:limit-exceeded"))
                    .body("rule", equalTo("peers"))
                    .body("left", equalTo(40));
            given.asEmployee()
                    .header("Prefer", "respond-async")
                    .body("{\"to_user_id\": \"" + other + "\", \"amount\": 40, \"message\": \"Thank you\"}")
                    .post("/api/recognitions")
                    .then()
                    .statusCode(202);
            limits(given.asEmployee()).body("items.from", contains("pool")).body("items.left", contains(0));
            award(given.asEmployee(), given.employee, 1)
                    .statusCode(422)
                    .body("type", equalTo("urn:points:problem:self-award"));
            award(given.as(other, "employee"), given.employee, 100).statusCode(202);
            award(given.asManager(), given.employee, 5_000).statusCode(202);
            limits(given.asManager()).body("items", empty());
        }
    }

    @Test
    void whatThePoolRefusesIsLeft() {
        try (var given = Given.tenant()) {
            rules(given, PEERS);
            UUID award = UUID.fromString(award(given.asEmployee(), given.newEmployee(), 70)
                    .statusCode(202)
                    .extract()
                    .path("distribution_id"));
            limits(given.asEmployee()).body("items.left", contains(30));
            given.poolRefuses(award, 70);
            Awaitility.await().untilAsserted(() -> limits(given.asEmployee()).body("items.left", contains(100)));
        }
    }

    @Test
    void whoeverHasLeftHasNoAllowance() {
        try (var given = Given.tenant()) {
            rules(given, PEERS, LEADS.replace("peers", "leads"));
            given.member(given.employee, "employee", false);
            noAllowance(given.asEmployee(), given.newEmployee());
            noAllowance(given.as(UUID.randomUUID(), "employee"), given.newEmployee());
            given.budget(100);
            given.member(given.lead, "lead", false);
            noAllowance(given.asLead(), given.newEmployee());
        }
    }

    @Test
    void aLeadGivesOutOfTheAllowanceAndThenOutOfTheBudget() {
        try (var given = Given.tenant()) {
            rules(given, LEADS);
            given.budget(50);
            award(given.asLead(), given.employee, 70).statusCode(202).body("source", equalTo("pool"));
            award(given.asLead(), given.employee, 40).statusCode(201).body("source", equalTo("budget"));
            award(given.asLead().header("Idempotency-Key", "k"), given.employee, 30)
                    .statusCode(202)
                    .body("source", equalTo("pool"));
            award(given.asLead().header("Idempotency-Key", "k"), given.employee, 30)
                    .statusCode(202)
                    .body("source", equalTo("pool"));
            limits(given.asLead()).body("items.left", contains(0));
            award(given.asLead(), given.employee, 11)
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_BUDGET_BALANCE"));
            award(given.asLead(), given.employee, 10).statusCode(201).body("source", equalTo("budget"));
        }
    }

    @Test
    void ofManyAtOnceAsManyPassAsTheAllowanceSays() {
        try (var given = Given.tenant()) {
            rules(given, PEERS);
            var other = given.newEmployee();
            var statuses = sideBySide(16, i -> untilTaken(() -> award(given.asEmployee(), other, 10)));
            assertEquals(10, statuses.stream().filter(status -> status == 202).count(), statuses.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'of': 'pair', 'roles': ['employee'], 'points': 1, 'then': 'refuse' | rules[0].from",
                "'of': 'giver', 'points': 1, 'then': 'refuse' | rules[0].roles",
                "'of': 'giver', 'roles': ['manager'], 'points': 1, 'then': 'refuse' | rules[0].roles",
                "'of': 'giver', 'roles': ['employee'], 'awards': 1, 'then': 'refuse' | rules[0].points",
                "'of': 'giver', 'roles': ['employee'], 'points': 1, 'then': 'approve' | rules[0].then",
                "'of': 'giver', 'roles': ['employee'], 'kinds': ['award'], 'points': 1, 'then': 'refuse' | rules[0].kinds",
            })
    void whatIsNoAllowanceNamesItsField(String rule, String field) {
        try (var given = Given.tenant()) {
            given.asManager()
                    .body(body("{'id': 'a', 'from': 'pool', 'per': 'month', " + rule + "}"))
                    .put("/api/policy")
                    .then()
                    .statusCode(422)
                    .body("errors.field", contains(field));
        }
    }

    private static void noAllowance(RequestSpecification by, UUID to) {
        award(by, to, 1).statusCode(403).body("type", equalTo("urn:points:problem:no-allowance"));
    }

    private static ValidatableResponse limits(RequestSpecification by) {
        return by.get("/api/policy/limits/me").then().statusCode(200);
    }
}
