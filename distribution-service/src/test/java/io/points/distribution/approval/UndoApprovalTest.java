package io.points.distribution.approval;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.ProposalOutcome;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.UndoDecided;
import io.points.contract.WalletEvent.UndoProposed;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes two people to be taken back. */
@DistributionServiceTest
class UndoApprovalTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    /** So often is tried what two do at once. */
    private static final int TIMES = 5;

    private static final String ROUTE = "/api/approvals/undos/";

    @Test
    void aLargeAwardIsTakenBackOnceAnotherManagerHasApprovedIt() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 101);
            given.asManager()
                    .body(Given.REVERSAL)
                    .post("/api/allocations/distributions/" + award + "/reverse/check")
                    .then()
                    .statusCode(200)
                    .body("approval_needed", equalTo(true));
            var proposal = proposedReversal(given, award);
            assertEquals(101, given.earnedBy(given.employee));
            given.distribution(award).body("reversed_by", nullValue());
            open(given.asManager())
                    .body("items.proposal_id", contains(proposal.toString()))
                    .body("items.kind", contains("award"))
                    .body("items.distribution_id", contains(award.toString()))
                    .body("items.amount", contains(101))
                    .body("items.mode", contains("all_or_nothing"))
                    .body("items.reason", contains("Given to the wrong person"))
                    .body("items.requested_by", contains(given.manager.toString()));
            assertEquals(
                    List.of(new UndoProposed(award, given.tenant, proposal, DistributionKind.AWARD, 101)),
                    told(given, UndoProposed.class));

            decide(as(given, ANNA), proposal, "approve")
                    .statusCode(200)
                    .body("state", equalTo("approved"))
                    .body("decided_by", equalTo(ANNA.toString()))
                    .body("decided_at", notNullValue());
            assertEquals(0, given.earnedBy(given.employee));
            given.distribution(award).body("reversed_by", notNullValue());
            var reversed = told(given, AwardReversed.class).get(0);
            assertEquals(award, reversed.awardId());
            given.distribution(reversed.distributionId())
                    .body("description", equalTo("Given to the wrong person"))
                    .body("requested_by", equalTo(given.manager.toString()));
            given.awaitCommand(ReturnToPool.class, reversed.distributionId());
            assertEquals(
                    List.of(new UndoDecided(award, given.tenant, proposal, ProposalOutcome.APPROVED)),
                    told(given, UndoDecided.class));
            open(given.asManager()).body("items", empty());
            given.asManager()
                    .get("/api/approvals/undos?state=decided&expand=people")
                    .then()
                    .statusCode(200)
                    .body("items.state", contains("approved"));
            given.asManager().get(ROUTE + proposal).then().statusCode(200).body("state", equalTo("approved"));
        }
    }

    @Test
    void whatIsNotAboveTheLimitTakesOnePerson() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 100);
            given.asManager()
                    .body(Given.REVERSAL)
                    .post("/api/allocations/distributions/" + award + "/reverse/check")
                    .then()
                    .statusCode(200)
                    .body("approval_needed", equalTo(false));
            reverse(given.asManager(), award).statusCode(202).body("kind", equalTo("reversal"));
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void aLargeBatchIsUndoneOnceAnotherManagerHasApprovedIt() {
        try (var given = takingTwoAbove(100)) {
            var second = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 90L, second, 60L));
            undo(given.asManager(), batch, "/check").statusCode(200).body("approval_needed", equalTo(true));
            var proposal = proposed(undo(given.asManager(), batch, ""));
            given.batch(batch).body("undo", nullValue());
            for (var part : List.of("", "/check")) {
                undo(as(given, BEN), batch, part)
                        .statusCode(409)
                        .body("type", equalTo("urn:points:problem:undo-proposed-already"))
                        .body("proposal_id", equalTo(proposal.toString()));
            }
            decide(as(given, second), proposal, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:conflict-of-interest"));
            decide(as(given, ANNA), proposal, "approve").statusCode(200);
            Awaitility.await()
                    .until(() -> "UNDONE".equals(given.batch(batch).extract().path("undo.state")));
            given.batch(batch)
                    .body("undo.undone_by", equalTo(given.manager.toString()))
                    .body("undo.amount", equalTo(150));
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(0, given.earnedBy(second));
        }
    }

    /** Somebody who empties wallets first makes no large batch a small one. */
    @Test
    void whatIsSpentCountsAndWhatWasReversedDoesNot() {
        try (var given = takingTwoAbove(100)) {
            var second = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 90L, second, 60L));
            given.spends(given.employee, 60);
            proposed(undoing(given.asManager(), batch, "what_is_there", ""));

            var other = arrived(given, Map.of(given.employee, 90L, second, 60L));
            var award = UUID.fromString(given.asManager()
                    .get("/api/allocations/award-points/batch/" + other + "/receivers")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items.find { it.amount == 60 }.distribution_id"));
            reverse(given.asManager(), award).statusCode(202);
            undoing(given.asManager(), other, "what_is_there", "/check")
                    .statusCode(200)
                    .body("approval_needed", equalTo(false));
        }
    }

    @Test
    void aRepeatIsAnsweredAsTheFirst() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 500);
            var key = UUID.randomUUID().toString();
            var first = proposed(reverse(given.asManager().header("Idempotency-Key", key), award));
            assertEquals(first, proposed(reverse(given.asManager().header("Idempotency-Key", key), award)));
            reverse(given.asManager(), award)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:undo-proposed-already"));
            var decided = UUID.randomUUID().toString();
            for (int i = 0; i < 2; i++) {
                decide(as(given, ANNA).header("Idempotency-Key", decided), first, "approve")
                        .statusCode(200)
                        .body("state", equalTo("approved"));
            }
            decide(as(given, ANNA), first, "approve").statusCode(200);
            decide(as(given, BEN), first, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:already-decided"))
                    .body("state", equalTo("approved"));
            assertEquals(1, told(given, AwardReversed.class).size());
        }
    }

    @Test
    void nobodyDecidesAboutWhatTheyHaveAskedForOrWouldLoseOrHaveNoBusinessWith() {
        try (var given = takingTwoAbove(100);
                var other = Given.tenant()) {
            var proposal = proposedReversal(given, awarded(given, 500));
            decide(given.asManager(), proposal, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:second-person-required"));
            reject(given.asManager(), proposal).statusCode(409);
            decide(as(given, given.employee), proposal, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:conflict-of-interest"));
            decide(as(given, ANNA), proposal, "withdraw")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:proposer-required"));
            decide(given.asLead(), proposal, "approve").statusCode(403);
            decide(given.asEmployee(), proposal, "withdraw").statusCode(403);
            decide(given.asLead(), proposal, "withdraw").statusCode(404);
            given.asLead().get(ROUTE + proposal).then().statusCode(404);
            for (var wish : List.of("approve", "withdraw")) {
                decide(other.asManager(), proposal, wish).statusCode(404);
            }
            reject(other.asManager(), proposal).statusCode(404);
            other.asManager().get(ROUTE + proposal).then().statusCode(404);
            open(other.asManager()).body("items", empty());
            given.member(BEN, "manager", false);
            decide(as(given, BEN), proposal, "approve").statusCode(403);
            assertEquals(500, given.earnedBy(given.employee));
            given.asManager().get(ROUTE + proposal).then().body("state", equalTo("open"));
        }
    }

    @Test
    void whatIsRejectedStaysAndCanBeAskedForAgain() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 500);
            var proposal = proposedReversal(given, award);
            as(given, ANNA)
                    .body("{}")
                    .post(ROUTE + proposal + "/reject")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("reason"));
            reject(as(given, ANNA), proposal)
                    .statusCode(200)
                    .body("state", equalTo("rejected"))
                    .body("decision_reason", equalTo("It was right"));
            decide(as(given, BEN), proposal, "approve").statusCode(409).body("state", equalTo("rejected"));
            assertEquals(500, given.earnedBy(given.employee));
            decide(given.asManager(), proposedReversal(given, award), "withdraw")
                    .statusCode(200)
                    .body("state", equalTo("withdrawn"));
            proposedReversal(given, award);
        }
    }

    @Test
    void silenceIsNo() {
        try (var given = takingTwoAbove(100)) {
            var proposal = proposedReversal(given, awarded(given, 500));
            Given.theTimeToDecideIsOver(proposal);
            decide(as(given, ANNA), proposal, "approve").statusCode(409).body("state", equalTo("expired"));
            Awaitility.await().until(() -> "expired"
                    .equals(given.asManager().get(ROUTE + proposal).path("state")));
            assertEquals(
                    ProposalOutcome.EXPIRED,
                    told(given, UndoDecided.class).get(0).outcome());
            assertEquals(500, given.earnedBy(given.employee));
        }
    }

    /** It ends no later than the award could be reversed by whoever approves it. */
    @Test
    void nothingIsApprovedThatIsTooOld() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 500);
            Given.daysPassSince(award, 29);
            var proposal = proposedReversal(given, award);
            var view = given.asManager().get(ROUTE + proposal).then().extract();
            assertTrue(view.<String>path("expires_at")
                            .compareTo(Instant.now().plus(Duration.ofDays(2)).toString())
                    < 0);
            Given.daysPassSince(award, 2);
            decide(as(given, ANNA), proposal, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:reversal-too-late"));
            assertEquals(500, given.earnedBy(given.employee));
        }
    }

    @Test
    void whatIsNoLongerThereIsRefusedAndGoesOnWaiting() {
        try (var given = takingTwoAbove(100)) {
            var proposal = proposedReversal(given, awarded(given, 500));
            given.spends(given.employee, 1);
            decide(as(given, ANNA), proposal, "approve")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:shortfall"))
                    .body("balance", equalTo(499));
            given.asManager().get(ROUTE + proposal).then().body("state", equalTo("open"));
            decide(given.asManager(), proposal, "withdraw").statusCode(200);
        }
    }

    /** What was proposed stays so, whatever the policy says meanwhile. */
    @Test
    void aPolicyThatIsChangedMeanwhileChangesNothingForWhatWaits() {
        try (var given = takingTwoAbove(100)) {
            var award = awarded(given, 500);
            var proposal = proposedReversal(given, award);
            given.undoTakesTwoAbove(null);
            reverse(given.asManager(), award)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:undo-proposed-already"));
            decide(given.asManager(), proposal, "approve").statusCode(409);
            assertEquals(500, given.earnedBy(given.employee));
            decide(as(given, ANNA), proposal, "approve").statusCode(200);
            assertEquals(0, given.earnedBy(given.employee));
            var changes = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.WALLET_EVENTS, PolicyChanged.class, given.tenant),
                            found -> found.size() == 2);
            assertEquals(100L, changes.get(0).undoApprovalAbove());
            assertNull(changes.get(1).undoApprovalAbove());
        }
    }

    @Test
    void aLeadAsksForWhatTheyGaveAndWithdrawsIt() {
        try (var given = takingTwoAbove(100)) {
            given.budget(400);
            var award = UUID.fromString(given.asLead()
                    .body(Given.award(given.employee, 300))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("distribution_id"));
            var first = proposed(reverse(given.asLead(), award));
            open(given.asLead()).body("items.proposal_id", contains(first.toString()));
            decide(given.asLead(), first, "withdraw").statusCode(200);
            var second = proposed(reverse(given.asLead(), award));
            decide(given.asManager(), second, "approve").statusCode(200);
            assertEquals(400, given.budgetOf(given.lead));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "employee", "decider"})
    void whatWasSaidIsErasedWithWhoeverItIsAbout(String who) {
        try (var given = takingTwoAbove(100)) {
            var decider = given.named("Anna", "manager", true, null);
            given.member(given.manager, "manager", true);
            var proposal = proposedReversal(given, awarded(given, 500));
            reject(as(given, decider), proposal).statusCode(200);
            var erased = who.equals("decider") ? decider : who.equals("manager") ? given.manager : given.employee;
            as(given, BEN)
                    .delete("/api/members/" + erased + "/personal-data")
                    .then()
                    .statusCode(200);
            as(given, BEN)
                    .get(ROUTE + proposal)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("rejected"))
                    .body("reason", who.equals("decider") ? equalTo("Given to the wrong person") : nullValue())
                    .body("decision_reason", nullValue());
        }
    }

    /** Of whatever decisions at once, one is carried out. */
    @ParameterizedTest
    @ValueSource(strings = {"approve approve", "approve reject", "approve withdraw", "reject withdraw"})
    void decisionsAtOnceEndItOnce(String wishes) throws Exception {
        try (var given = takingTwoAbove(100)) {
            var proposal = proposedReversal(given, awarded(given, 500));
            var both = wishes.split(" ");
            var threads = Executors.newFixedThreadPool(2);
            try {
                var answers = threads.invokeAll(
                        List.of(wish(given, proposal, ANNA, both[0]), wish(given, proposal, BEN, both[1])));
                var statuses = List.of(
                        answers.get(0).get().statusCode(), answers.get(1).get().statusCode());
                assertTrue(statuses.contains(200) && statuses.contains(409), statuses.toString());
            } finally {
                threads.shutdown();
            }
            var outcome = told(given, UndoDecided.class);
            assertEquals(1, outcome.size());
            assertEquals(
                    outcome.get(0).outcome() == ProposalOutcome.APPROVED ? 0 : 500, given.earnedBy(given.employee));
        }
    }

    /** Nor does it end twice if its time is over, or the wallet's owner is deactivated, while it is approved. */
    @ParameterizedTest
    @ValueSource(strings = {"time", "deactivation"})
    void anApprovalAndWhatEndsItOtherwiseEndItOnce(String otherwise) {
        try (var given = takingTwoAbove(100)) {
            int earned = 0;
            for (int i = 1; i <= TIMES; i++) {
                var proposal = proposedReversal(given, awarded(given, 500));
                var ends = SideBySide.begin(() -> {
                    if (otherwise.equals("time")) {
                        Given.theTimeToDecideIsOver(proposal);
                    } else {
                        given.member(given.employee, "employee", false);
                    }
                });
                var answer = decide(as(given, ANNA), proposal, "approve").extract();
                ends.join();
                String state = answer.path("state");
                boolean goesBack = answer.statusCode() == 200;
                assertEquals(goesBack ? "approved" : "expired", state);
                assertTrue(goesBack || otherwise.equals("time"), state);
                Awaitility.await()
                        .until(() -> state.equals(
                                given.asManager().get(ROUTE + proposal).path("state")));
                earned += goesBack ? 0 : 500;
                assertEquals(earned, given.earnedBy(given.employee));
                assertEquals(
                        1,
                        told(given, UndoDecided.class).stream()
                                .filter(it -> it.proposalId().equals(proposal))
                                .count());
                given.member(given.employee, "employee", true);
            }
        }
    }

    private static Callable<Response> wish(Given given, UUID proposal, UUID by, String wish) {
        var caller = wish.equals("withdraw") ? given.asManager() : as(given, by);
        var request = wish.equals("reject") ? caller.body("{\"reason\": \"It was right\"}") : caller;
        return () -> request.post(ROUTE + proposal + "/" + wish);
    }

    private static Given takingTwoAbove(long points) {
        var given = Given.tenant();
        given.undoTakesTwoAbove(points);
        return given;
    }

    private static UUID awarded(Given given, long amount) {
        var award = given.requestAward(amount);
        given.poolDebits(award, DistributionKind.AWARD, amount);
        given.awaitState(award, "COMPLETED");
        return award;
    }

    private static UUID arrived(Given given, Map<UUID, Long> amounts) {
        var batch = given.requestBatch("all_or_nothing", amounts);
        given.poolDebitsBatch(
                batch, amounts.values().stream().mapToLong(Long::longValue).sum());
        given.awaitBatch(batch, "COMPLETED");
        return batch;
    }

    private static UUID proposedReversal(Given given, UUID award) {
        return proposed(reverse(given.asManager(), award));
    }

    private static UUID proposed(ValidatableResponse answer) {
        String proposal = answer.statusCode(202)
                .body("state", equalTo("open"))
                .body("expires_at", notNullValue())
                .extract()
                .path("proposal_id");
        answer.header("Location", endsWith(ROUTE + proposal));
        return UUID.fromString(proposal);
    }

    private static ValidatableResponse reverse(RequestSpecification by, UUID award) {
        return by.header("Prefer", "respond-async")
                .body(Given.REVERSAL)
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then();
    }

    private static ValidatableResponse undo(RequestSpecification by, UUID batch, String part) {
        return undoing(by, batch, "all_or_nothing", part);
    }

    private static ValidatableResponse undoing(RequestSpecification by, UUID batch, String mode, String part) {
        return by.header("Prefer", "respond-async")
                .body("{\"reason\": \"Wrong list\", \"mode\": \"" + mode + "\"}")
                .post("/api/allocations/award-points/batch/" + batch + "/undo" + part)
                .then();
    }

    private static RequestSpecification as(Given given, UUID manager) {
        return given.as(manager, "manager");
    }

    private static ValidatableResponse open(RequestSpecification by) {
        return by.get("/api/approvals/undos").then().statusCode(200);
    }

    private static ValidatableResponse decide(RequestSpecification by, UUID proposal, String wish) {
        return by.post(ROUTE + proposal + "/" + wish).then();
    }

    private static ValidatableResponse reject(RequestSpecification by, UUID proposal) {
        return decide(by.body("{\"reason\": \"It was right\"}"), proposal, "reject");
    }

    private static <M extends Message> List<M> told(Given given, Class<M> type) {
        return Awaitility.await()
                .until(() -> given.kafka.messages(Topic.WALLET_EVENTS, type, given.tenant), found -> !found.isEmpty());
    }
}
