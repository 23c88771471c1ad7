package io.points.distribution.approval;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.RefusalReason;
import io.points.contract.Settlement;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.ApprovalGiven;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits until managers have approved it: who decides, what they see, and where the points are. */
@DistributionServiceTest
class ApprovalTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    /** So often is tried what two do at once. */
    private static final int TIMES = 5;

    @Test
    void anAwardAboveTheThresholdWaitsForAnotherManager() {
        try (var given = approvalAbove(100, 1)) {
            var small = given.requestAward(100);
            given.poolDebits(small, DistributionKind.AWARD, 100);
            given.awaitState(small, "COMPLETED");

            var award = held(given, 101);
            given.distribution(award)
                    .body("approvals_needed", equalTo(1))
                    .body("approval_rule", equalTo("large"))
                    .body("held_until", notNullValue())
                    .body("timeline.state", contains("REQUESTED", "HELD"));
            assertEquals(100, given.earnedBy(given.employee));
            var told = told(given, DistributionHeld.class, award).get(0);
            assertEquals(PointsSource.POOL, told.source());
            assertEquals(101, told.amount());
            assertEquals(1, told.levels());
            assertNull(told.budgetEntry());

            waiting(given.asManager())
                    .body("items.distribution_id", contains(award.toString()))
                    .body("items.approval_rule", contains("large"));
            decide(as(given, ANNA), award, "approve")
                    .statusCode(200)
                    .body("state", equalTo("approved"))
                    .body("votes.user_id", contains(ANNA.toString()));
            assertEquals(201, given.earnedBy(given.employee));
            given.distribution(award)
                    .body("state", equalTo("COMPLETED"))
                    .body("held_until", nullValue())
                    .body("timeline.state", contains("REQUESTED", "HELD", "COMPLETED"));
            waiting(given.asManager()).body("items", empty());
            given.asManager()
                    .get("/api/approvals?state=decided")
                    .then()
                    .statusCode(200)
                    .body("items.state", contains("approved"));
            assertEquals(1, told(given, ApprovalGiven.class, award).size());
            var released = told(given, DistributionReleased.class, award);
            assertEquals(
                    List.of(new DistributionReleased(
                            award, given.tenant, PointsSource.POOL, given.manager, 101, null, null, null, null)),
                    released);
            assertEquals(1, told(given, PointsAwarded.class, award).size());
        }
    }

    /** As everything under a key: the same answer, and nothing twice. */
    @Test
    void aRepeatIsAnsweredAsTheFirst() {
        try (var given = approvalAbove(100, 1)) {
            var key = UUID.randomUUID().toString();
            var first = award(given, key).statusCode(202);
            UUID award = UUID.fromString(first.extract().path("distribution_id"));
            given.poolDebits(award, DistributionKind.AWARD, 500);
            given.awaitState(award, "HELD");
            award(given, key)
                    .statusCode(202)
                    .body("distribution_id", equalTo(award.toString()))
                    .body("state", equalTo("HELD"));

            var decided = UUID.randomUUID().toString();
            for (int i = 0; i < 2; i++) {
                decide(as(given, ANNA).header("Idempotency-Key", decided), award, "approve")
                        .statusCode(200)
                        .body("state", equalTo("approved"));
            }
            decide(as(given, ANNA), award, "approve").statusCode(200);
            decide(as(given, BEN), award, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:already-decided"))
                    .body("state", equalTo("approved"))
                    .body("decided_at", notNullValue());
            award(given, key).statusCode(201).body("state", equalTo("COMPLETED"));
            given.poolDebits(award, DistributionKind.AWARD, 500);
            assertEquals(500, given.earnedBy(given.employee));
            assertEquals(1, given.commands(DebitPool.class, award).size());
        }
    }

    @Test
    void twoPeopleHaveToApproveWhatTakesTwo() {
        try (var given = approvalAbove(100, 2)) {
            var award = held(given, 500);
            decide(as(given, ANNA), award, "approve").statusCode(200).body("state", equalTo("open"));
            decide(as(given, ANNA), award, "approve").statusCode(200).body("votes", hasSize(1));
            reject(as(given, ANNA), award).statusCode(409).body("state", equalTo("approved"));
            assertEquals(0, given.earnedBy(given.employee));
            decide(as(given, BEN), award, "approve").statusCode(200).body("state", equalTo("approved"));
            assertEquals(500, given.earnedBy(given.employee));
        }
    }

    @Test
    void nobodyDecidesAboutWhatTheyGiveOrGetOrHaveNoBusinessWith() {
        try (var given = approvalAbove(100, 1);
                var other = Given.tenant()) {
            var award = held(given, 500);
            decide(given.asManager(), award, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:second-person-required"));
            decide(as(given, given.employee), award, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:conflict-of-interest"));
            decide(given.asLead(), award, "approve").statusCode(403);
            decide(given.asEmployee(), award, "approve").statusCode(403);
            decide(other.asManager(), award, "approve").statusCode(404);
            decide(given.asLead(), award, "withdraw").statusCode(404);
            decide(as(given, ANNA), award, "withdraw")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:proposer-required"));
            given.member(BEN, "employee", false);
            decide(as(given, BEN), award, "approve").statusCode(403);
            decide(as(given, ANNA), UUID.randomUUID(), "approve").statusCode(404);
            other.asManager().get("/api/approvals/" + award).then().statusCode(404);
            given.asLead().get("/api/approvals/" + award).then().statusCode(404);
            waiting(other.asManager()).body("items", empty());
            given.distribution(award).body("state", equalTo("HELD"));

            // What nobody has approved, its receiver knows nothing of.
            given.asEmployee()
                    .get("/api/allocations/distributions/" + award)
                    .then()
                    .statusCode(404);
            for (var path : List.of("/api/allocations/history", "/api/feed")) {
                given.asEmployee().get(path).then().body("items", empty());
            }
            given.asManager().get("/api/feed").then().body("items.distribution_id", not(hasItem(award.toString())));
        }
    }

    @Test
    void whatIsRejectedGoesBackToThePool() {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            as(given, ANNA)
                    .body("{}")
                    .post("/api/approvals/" + award + "/reject")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("reason"));
            reject(as(given, ANNA), award)
                    .statusCode(200)
                    .body("state", equalTo("rejected"))
                    .body("decision_reason", equalTo("Too much"));
            given.distribution(award).body("state", equalTo("COMPENSATING"));
            given.awaitCommand(RefundPool.class, award);
            given.poolRefunds(award, 500);
            given.awaitState(award, "COMPENSATED");
            given.distribution(award).body("reason", equalTo("APPROVAL_REJECTED"));
            assertEquals(
                    RefusalReason.APPROVAL_REJECTED,
                    told(given, DistributionReleased.class, award).get(0).reason());
            reject(as(given, ANNA), award).statusCode(200);
            decide(as(given, BEN), award, "approve").statusCode(409).body("state", equalTo("rejected"));
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    /** It is about those involved, and whoever has said it wrote it. */
    @ParameterizedTest
    @ValueSource(strings = {"manager", "employee", "decider"})
    void whatTheDeciderSaidIsErasedWithWhoeverItIsAbout(String who) {
        try (var given = approvalAbove(100, 1)) {
            var decider = given.named("Anna", "manager", true, null);
            given.member(given.manager, "manager", true);
            var award = held(given, 500);
            reject(as(given, decider), award).statusCode(200);
            given.poolRefunds(award, 500);
            given.awaitState(award, "COMPENSATED");
            var erased = who.equals("decider") ? decider : who.equals("manager") ? given.manager : given.employee;
            as(given, BEN)
                    .delete("/api/members/" + erased + "/personal-data")
                    .then()
                    .statusCode(200);
            as(given, BEN)
                    .get("/api/approvals/" + award)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("rejected"))
                    .body("decision_reason", nullValue());
        }
    }

    @Test
    void whoeverAskedForItWithdrawsIt() {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            decide(given.asManager(), award, "withdraw").statusCode(200).body("state", equalTo("withdrawn"));
            decide(given.asManager(), award, "withdraw").statusCode(200);
            given.awaitCommand(RefundPool.class, award);
            given.poolRefunds(award, 500);
            given.awaitState(award, "COMPENSATED");
            decide(as(given, ANNA), award, "approve").statusCode(409).body("state", equalTo("withdrawn"));
        }
    }

    @Test
    void silenceIsNo() {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            Given.theTimeToApproveIsOver(award);
            Awaitility.await()
                    .until(() ->
                            given.distribution(award).extract().path("state").equals("COMPENSATING"));
            decide(as(given, ANNA), award, "approve").statusCode(409).body("state", equalTo("expired"));
            given.poolRefunds(award, 500);
            given.awaitState(award, "COMPENSATED");
            given.distribution(award).body("reason", equalTo("APPROVAL_EXPIRED"));
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void whoeverHasLeftMeanwhileGetsNothing() {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            given.member(given.employee, "employee", false);
            decide(as(given, ANNA), award, "approve").statusCode(200).body("state", equalTo("refused"));
            given.awaitCommand(RefundPool.class, award);
            given.poolRefunds(award, 500);
            given.awaitState(award, "COMPENSATED");
            given.distribution(award).body("reason", equalTo("RECEIVER_NOT_ELIGIBLE"));
        }
    }

    @Test
    void whileTheTenantIsSuspendedNothingIsApproved() {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            Awaitility.await()
                    .until(() ->
                            decide(as(given, ANNA), award, "approve").extract().statusCode() == 409);
            decide(as(given, BEN), award, "approve").body("type", equalTo("urn:points:problem:tenant-suspended"));
            reject(as(given, ANNA), award).statusCode(200);
        }
    }

    @Test
    void whatWaitsIsGivenBackWhenTheTenantIsClosed() {
        try (var given = approvalAbove(100, 1)) {
            given.budget(400);
            var award = held(given, 500);
            var ofBudget = heldOfBudget(given, 300);
            given.kafka.send(new TenantClosing(
                    given.tenant,
                    2,
                    UUID.randomUUID(),
                    LocalDate.now().plusDays(40),
                    Settlement.EXPIRE,
                    Settlement.EXPIRE,
                    ANNA));
            Awaitility.await()
                    .until(() ->
                            given.distribution(award).extract().path("state").equals("COMPENSATING"));
            given.distribution(award).body("reason", equalTo("TENANT_CLOSING"));
            given.awaitState(ofBudget, "COMPENSATED");
            Awaitility.await().until(() -> given.budgetOf(given.lead) == 0);
        }
    }

    @Test
    void anAwardOutOfABudgetWaitsOutOfTheBudget() {
        try (var given = approvalAbove(100, 1)) {
            given.budget(400);
            var award = heldOfBudget(given, 300);
            assertEquals(100, given.budgetOf(given.lead));
            var told = told(given, DistributionHeld.class, award).get(0);
            assertEquals(PointsSource.BUDGET, told.source());
            assertEquals(100L, told.budgetBalanceAfter());
            given.asLead()
                    .get("/api/approvals")
                    .then()
                    .statusCode(200)
                    .body("items.distribution_id", contains(award.toString()));
            decide(given.asManager(), award, "approve").statusCode(200).body("state", equalTo("approved"));
            assertEquals(100, given.budgetOf(given.lead));
            assertEquals(300, given.earnedBy(given.employee));
            var id = award.toString();
            given.asLead()
                    .get("/api/wallets/me?wallet=budget&expand=distribution")
                    .then()
                    .statusCode(200)
                    .body("entries.amount", contains(-300, 300, -300, 400))
                    .body("entries.cause", contains(null, "release", "hold", null))
                    .body("entries.distribution_id", contains(equalTo(id), equalTo(id), equalTo(id), not(id)))
                    .body("entries[1].distribution.counterparty_id", equalTo(given.employee.toString()))
                    .body("entries[2].distribution.counterparty_id", equalTo(given.employee.toString()));
        }
    }

    @Test
    void whatALeadWithdrawsIsInTheBudgetAgain() {
        try (var given = approvalAbove(100, 1)) {
            given.budget(400);
            var award = heldOfBudget(given, 300);
            decide(given.asLead(), award, "withdraw").statusCode(200).body("state", equalTo("withdrawn"));
            given.distribution(award).body("state", equalTo("COMPENSATED"));
            assertEquals(400, given.budgetOf(given.lead));
            var released = told(given, DistributionReleased.class, award).get(0);
            assertEquals(400L, released.budgetBalanceAfter());
            assertEquals(RefusalReason.WITHDRAWN, released.reason());
        }
    }

    /** What a lead had is returned with the role; what waits follows once it is let go. */
    @Test
    void whatAFormerLeadWantedToGiveGoesOnToThePool() {
        try (var given = approvalAbove(100, 1)) {
            given.budget(400);
            var award = heldOfBudget(given, 300);
            given.member(given.lead, "employee", true);
            Awaitility.await().until(() -> given.budgetOf(given.lead) == 0);
            reject(as(given, ANNA), award).statusCode(200);
            assertEquals(0, given.budgetOf(given.lead));
            var amounts = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant).stream()
                                    .map(ReturnToPool::amount)
                                    .toList(),
                            found -> found.size() == 2);
            assertEquals(List.of(100L, 300L), amounts);
        }
    }

    @Test
    void aWholeBatchWaitsAsOne() {
        try (var given = approvalAbove(100, 1)) {
            var second = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 90L, second, 60L));
            given.poolDebitsBatch(batch, 150);
            Awaitility.await().until(() -> waiting(given.asManager())
                    .extract()
                    .<List<String>>path("items.distribution_id")
                    .contains(batch.toString()));
            given.batch(batch)
                    .body("state", equalTo("ACCEPTED"))
                    .body("accepted", equalTo(2))
                    .body("approval_rule", equalTo("large"));
            decide(as(given, second), batch, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:conflict-of-interest"));
            decide(as(given, ANNA), batch, "approve").statusCode(200).body("state", equalTo("approved"));
            given.awaitBatch(batch, "COMPLETED");
            assertEquals(90, given.earnedBy(given.employee));
            assertEquals(60, given.earnedBy(second));
        }
    }

    @Test
    void ofABatchOfSingleAwardsThoseWaitThatNeedIt() {
        try (var given = approvalAbove(100, 1)) {
            var second = given.newEmployee();
            var batch = given.requestBatch("each", Map.of(given.employee, 90L, second, 160L));
            var commands = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, DebitPool.class, given.tenant),
                            found -> found.size() == 2);
            commands.forEach(it -> given.poolDebits(it.distributionId(), it.kind(), it.amount()));
            Awaitility.await().until(() -> waiting(given.asManager())
                    .extract()
                    .<List<Integer>>path("items.amount")
                    .equals(List.of(160)));
            given.batch(batch)
                    .body("completed", equalTo(1))
                    .body("accepted", equalTo(1))
                    .body("approval_rule", nullValue());
            UUID award = UUID.fromString(waiting(given.asManager()).extract().path("items[0].distribution_id"));
            reject(as(given, ANNA), award).statusCode(200);
            given.poolRefunds(award, 160);
            given.awaitBatch(batch, "PARTLY_COMPLETED");
            given.batch(batch).body("refusals.reason", contains("APPROVAL_REJECTED"));
        }
    }

    /** Of whatever decisions at once, one is carried out. */
    @ParameterizedTest
    @ValueSource(
            strings = {"approve approve", "approve reject", "approve withdraw", "reject withdraw", "reject reject"})
    void decisionsAtOnceEndItOnce(String wishes) throws Exception {
        try (var given = approvalAbove(100, 1)) {
            var award = held(given, 500);
            var both = wishes.split(" ");
            var threads = Executors.newFixedThreadPool(2);
            try {
                var answers =
                        threads.invokeAll(List.of(wish(given, award, ANNA, both[0]), wish(given, award, BEN, both[1])));
                var statuses = List.of(
                        answers.get(0).get().statusCode(), answers.get(1).get().statusCode());
                assertTrue(statuses.contains(200) && statuses.contains(409), statuses.toString());
            } finally {
                threads.shutdown();
            }
            given.poolRefunds(award, 500);
            Awaitility.await().until(() -> List.of("COMPLETED", "COMPENSATED")
                    .contains(given.distribution(award).extract().<String>path("state")));
            assertEquals(1, told(given, DistributionReleased.class, award).size());
        }
    }

    /** Nor does it end twice if its time is over, or its receiver can take it no more, while it is approved. */
    @ParameterizedTest
    @ValueSource(strings = {"time", "deactivation"})
    void anApprovalAndWhatEndsItOtherwiseEndItOnce(String otherwise) {
        try (var given = approvalAbove(100, 1)) {
            int earned = 0;
            for (int i = 0; i < TIMES; i++) {
                var award = held(given, 500);
                var ends = SideBySide.begin(() -> end(given, award, otherwise));
                var answer = decide(as(given, ANNA), award, "approve").extract();
                ends.join();
                String state = answer.path("state");
                assertTrue(
                        answer.statusCode() == 200
                                        && List.of("approved", "refused").contains(state)
                                || answer.statusCode() == 409 && state.equals("expired"),
                        () -> answer.statusCode() + " " + state);
                boolean arrives = state.equals("approved");
                given.poolRefunds(award, 500);
                given.awaitState(award, arrives ? "COMPLETED" : "COMPENSATED");
                earned += arrives ? 500 : 0;
                assertEquals(earned, given.earnedBy(given.employee));
                assertEquals(1, told(given, DistributionReleased.class, award).size());
                given.member(given.employee, "employee", true);
            }
        }
    }

    private static void end(Given given, UUID award, String how) {
        if (how.equals("time")) {
            Given.theTimeToApproveIsOver(award);
        } else {
            given.member(given.employee, "employee", false);
        }
    }

    private static Callable<Response> wish(Given given, UUID award, UUID by, String wish) {
        var caller = wish.equals("withdraw") ? given.asManager() : as(given, by);
        var request = wish.equals("reject") ? caller.body("{\"reason\": \"Too much\"}") : caller;
        return () -> request.post("/api/approvals/" + award + "/" + wish);
    }

    /** A tenant that wants others to approve awards of more than so many points. */
    private static Given approvalAbove(long points, int levels) {
        var given = Given.tenant();
        given.needsApprovalAbove(points, levels);
        return given;
    }

    private static UUID held(Given given, long amount) {
        var award = given.requestAward(amount);
        given.poolDebits(award, DistributionKind.AWARD, amount);
        given.awaitState(award, "HELD");
        return award;
    }

    private static UUID heldOfBudget(Given given, long amount) {
        return UUID.fromString(given.asLead()
                .body(Given.award(given.employee, amount))
                .post("/api/allocations/award-points")
                .then()
                .statusCode(202)
                .body("state", equalTo("HELD"))
                .extract()
                .path("distribution_id"));
    }

    private static ValidatableResponse award(Given given, String key) {
        return given.asManager()
                .header("Idempotency-Key", key)
                .header("Prefer", "respond-async")
                .body(Given.award(given.employee, 500))
                .post("/api/allocations/award-points")
                .then();
    }

    private static RequestSpecification as(Given given, UUID manager) {
        return given.as(manager, "manager");
    }

    private static ValidatableResponse waiting(RequestSpecification by) {
        return by.get("/api/approvals").then().statusCode(200);
    }

    private static ValidatableResponse decide(RequestSpecification by, UUID award, String wish) {
        return by.post("/api/approvals/" + award + "/" + wish).then();
    }

    private static ValidatableResponse reject(RequestSpecification by, UUID award) {
        return decide(by.body("{\"reason\": \"Too much\"}"), award, "reject");
    }

    private static <M extends Message> List<M> told(Given given, Class<M> type, UUID distribution) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, type, given.tenant).stream()
                                .filter(it -> it.subject().equals(distribution))
                                .toList(),
                        found -> !found.isEmpty());
    }
}
