package io.points.distribution.saga;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class SagaOverKafkaTest {

    @Test
    void anAwardIsCreditedOnceThePoolIsDebited() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            assertEquals(100, given.awaitCommand(DebitPool.class, award).amount());
            assertEquals(0, given.earnedBy(given.employee));
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitState(award, "COMPLETED");
            assertEquals(100, given.earnedBy(given.employee));
            given.distribution(award).body("timeline.state", equalTo(List.of("REQUESTED", "COMPLETED")));
        }
    }

    @Test
    void aRepeatedAnswerCreditsNothing() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            var answer = new PoolDebited(award, given.tenant, DistributionKind.AWARD, 100, 900, 2);
            var id = Ids.next(Instant.now());
            for (int i = 0; i < 5; i++) {
                given.kafka.send(id, answer);
            }
            given.awaitState(award, "COMPLETED");
            var next = given.requestAward(7);
            given.poolDebits(next, DistributionKind.AWARD, 7);
            given.awaitState(next, "COMPLETED");
            assertEquals(107, given.earnedBy(given.employee));
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            2,
                            given.kafka
                                    .messages(Topic.WALLET_EVENTS, PointsAwarded.class, given.tenant)
                                    .size()));
        }
    }

    @Test
    void aRefusalRejectsAndMovesNothing() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.poolRefuses(award, 100);
            given.awaitState(award, "REJECTED");
            given.distribution(award).body("reason", equalTo("INSUFFICIENT_POOL_BALANCE"));
            assertEquals(0, given.earnedBy(given.employee));
            given.asEmployee().get("/api/feed").then().body("items", hasSize(0));
        }
    }

    @Test
    void anAwardToSomebodyDeactivatedMeanwhileIsCompensated() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.member(given.employee, "employee", false);
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitCommand(RefundPool.class, award);
            given.distribution(award).body("state", equalTo("COMPENSATING"));
            given.poolRefunds(award, 100);
            given.awaitState(award, "COMPENSATED");
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void aDeadlineOnlyAsksAndTheAnswerEnds() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.timePasses(award);
            given.awaitCommand(CancelPoolDebit.class, award);
            given.distribution(award).body("state", equalTo("CANCELLING"));
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.poolCancels(award, 100);
            given.awaitState(award, "CANCELLED");
            given.distribution(award).body("reason", equalTo("DEADLINE_PASSED"));
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void aCancelIsAskedForAgainUntilItIsAnswered() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.timePasses(award);
            given.awaitCommand(CancelPoolDebit.class, award);
            given.timePasses(award);
            Awaitility.await()
                    .until(() -> given.commands(CancelPoolDebit.class, award).size() >= 2);
            given.poolCancels(award, 0);
            given.awaitState(award, "CANCELLED");
        }
    }

    @Test
    void aLeadAwardsFromTheBudgetWithoutThePool() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.asLead()
                    .body(Given.award(given.employee, 200))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("COMPLETED"))
                    .body("source", equalTo("budget"));
            assertEquals(300, given.budgetOf(given.lead));
            assertEquals(200, given.earnedBy(given.employee));
            given.asLead()
                    .body(Given.award(given.employee, 301))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_BUDGET_BALANCE"))
                    .body("type", equalTo("urn:points:problem:insufficient-budget-balance"));
            assertEquals(300, given.budgetOf(given.lead));
        }
    }

    @Test
    void aLeadOfASuspendedTenantAwardsNothing() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            Awaitility.await().untilAsserted(() -> given.asManager()
                    .get("/api/allocations/pool")
                    .then()
                    .body("status", equalTo("suspended")));
            given.asLead()
                    .body(Given.award(given.employee, 200))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(409)
                    .body("reason", equalTo("TENANT_SUSPENDED"));
            assertEquals(500, given.budgetOf(given.lead));
        }
    }

    @Test
    void aDemotedLeadsBudgetGoesBackByItself() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.member(given.lead, "employee", true);
            assertEquals(0, given.budgetOf(given.lead));
            var returns = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant),
                            found -> !found.isEmpty());
            assertEquals(500, returns.get(0).amount());
            var id = returns.get(0).distributionId();
            given.distribution(id).body("state", equalTo("RETURNING"));
            given.kafka.send(new PointsReturned(id, given.tenant, 500, 1_000, 3));
            given.awaitState(id, "COMPLETED");
        }
    }

    @Test
    void aReturnThatThePoolSetAsideIsAskedForAgainUntilThePoolTakesIt() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.member(given.lead, "employee", true);
            var id = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant),
                            found -> !found.isEmpty())
                    .get(0)
                    .distributionId();
            given.kafka.send(new PointsReturnSetAside(id, given.tenant, 500, 3));
            given.awaitState(id, "SET_ASIDE");
            int asked = given.commands(ReturnToPool.class, id).size();
            given.longAfterItWasSetAside(id);
            Awaitility.await()
                    .until(() -> given.commands(ReturnToPool.class, id).size() > asked);
            given.distribution(id).body("state", equalTo("SET_ASIDE"));
            given.kafka.send(new PointsReturned(id, given.tenant, 500, 1_000, 4));
            given.awaitState(id, "COMPLETED");
        }
    }

    @Test
    void aBudgetOfAnySizeGoesBackWhenItsLeadLeaves() {
        try (var given = Given.tenant()) {
            given.budget(1_000_000_000_000L);
            given.budget(1_000_000_000_000L);
            given.member(given.lead, "lead", false);
            var returns = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant),
                            found -> !found.isEmpty());
            assertEquals(2_000_000_000_000L, returns.get(0).amount());
        }
    }

    @Test
    void whatWasSaidInPrivateIsNotShownToAManagerWhoIsNotInvolved() {
        try (var given = Given.tenant()) {
            var body = """
                    {"to_user_id": "%s", "amount": 50, "message": "Between us", "visibility": "private"}""".formatted(given.employee);
            String id = given.asManager()
                    .header("Prefer", "respond-async")
                    .body(body)
                    .post("/api/recognitions")
                    .then()
                    .statusCode(202)
                    .body("recognition.message", equalTo("Between us"))
                    .extract()
                    .path("distribution_id");
            given.as(java.util.UUID.randomUUID(), "manager")
                    .get("/api/allocations/distributions/" + id)
                    .then()
                    .statusCode(200)
                    .body("recognition.visibility", equalTo("private"))
                    .body("recognition.message", equalTo(null));
            given.asLead().get("/api/allocations/distributions/" + id).then().statusCode(404);
        }
    }

    @Test
    void theFeedShowsARecognitionToTheTenantOnceItsPointsHaveMoved() {
        try (var given = Given.tenant()) {
            var body = """
                    {"to_user_id": "%s", "amount": 50, "message": "Saved the launch", "value": "Courage"}""".formatted(given.employee);
            String id = given.asManager()
                    .header("Prefer", "respond-async")
                    .body(body)
                    .post("/api/recognitions")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("distribution_id");
            given.asLead().get("/api/feed").then().body("items", hasSize(0));
            given.poolDebits(java.util.UUID.fromString(id), DistributionKind.AWARD, 50);
            given.awaitState(java.util.UUID.fromString(id), "COMPLETED");
            given.asLead()
                    .get("/api/feed")
                    .then()
                    .body("items", hasSize(1))
                    .body("items[0].kind", equalTo("recognition"))
                    .body("items[0].message", equalTo("Saved the launch"))
                    .body("items[0].value", equalTo("Courage"));
        }
    }
}
