package io.points.distribution.award;

import static io.points.distribution.award.Reversing.award;
import static io.points.distribution.award.Reversing.awardFromBudget;
import static io.points.distribution.award.Reversing.check;
import static io.points.distribution.award.Reversing.id;
import static io.points.distribution.award.Reversing.poolTakes;
import static io.points.distribution.award.Reversing.reverse;
import static io.points.distribution.award.Reversing.spends;
import static io.points.distribution.award.Reversing.told;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.ReturnOrigin;
import io.points.contract.Settlement;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An award that is taken back: out of whose wallet, where to, and who sees it. */
@DistributionServiceTest
class ReversalTest {

    private static final String REASON = "{\"reason\": \"Wrong person\"}";
    private static final String WHAT_IS_THERE = "{\"reason\": \"Wrong person\", \"shortfall\": \"what_is_there\"}";

    @Test
    void anAwardOfThePoolGoesBackByTheDebitThatItCameBy() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            check(given.asManager(), award, REASON)
                    .statusCode(200)
                    .body("award_id", equalTo(award.toString()))
                    .body("user_id", equalTo(given.employee.toString()))
                    .body("amount", equalTo(100))
                    .body("missing", equalTo(0))
                    .body("balance_before", equalTo(100))
                    .body("balance_after", equalTo(0))
                    .body("to", equalTo("pool"))
                    .body("budget_user_id", nullValue());
            assertEquals(100, given.earnedBy(given.employee));

            var reversal = id(reverse(given.asManager(), award)
                    .statusCode(202)
                    .body("kind", equalTo("reversal"))
                    .body("source", equalTo("pool"))
                    .body("state", equalTo("RETURNING"))
                    .body("reverses", equalTo(award.toString()))
                    .body("from_user_id", equalTo(given.employee.toString()))
                    .body("to_user_id", nullValue())
                    .body("description", equalTo("Wrong person"))
                    .body("proof", containsString("event_id=")));
            assertEquals(0, given.earnedBy(given.employee));
            given.distribution(award)
                    .body("state", equalTo("COMPLETED"))
                    .body("reversed_by", equalTo(reversal.toString()));
            assertEquals(
                    new ReturnToPool(reversal, given.tenant, given.employee, 100, award, ReturnOrigin.REVERSAL),
                    given.awaitCommand(ReturnToPool.class, reversal));
            assertEquals(
                    new AwardReversed(
                            reversal,
                            given.tenant,
                            award,
                            PointsSource.POOL,
                            given.employee,
                            100,
                            0,
                            2,
                            0,
                            null,
                            null,
                            null,
                            null),
                    told(given, reversal));

            poolTakes(given, reversal, 100);
            given.awaitState(reversal, "COMPLETED");
            poolTakes(given, reversal, 100);
            var next = award(given, 5);
            given.distribution(next).body("reversed_by", nullValue());
            assertEquals(5, given.earnedBy(given.employee));
            given.distribution(reversal)
                    .body("missing", equalTo(0))
                    .body("timeline.state", contains("RETURNING", "COMPLETED"));
        }
    }

    @Test
    void anAwardFromABudgetGoesBackIntoItAtOnce() {
        try (var given = Given.tenant()) {
            given.budget(100);
            var award = awardFromBudget(given, 60);
            check(given.asLead(), award, REASON)
                    .statusCode(200)
                    .body("to", equalTo("budget"))
                    .body("budget_user_id", equalTo(given.lead.toString()));
            var reversal = id(given.asLead()
                    .body(REASON)
                    .post("/api/allocations/distributions/" + award + "/reverse")
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("COMPLETED"))
                    .body("source", equalTo("budget"))
                    .body("to_user_id", equalTo(given.lead.toString())));
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(100, given.budgetOf(given.lead));
            assertEquals(
                    new AwardReversed(
                            reversal,
                            given.tenant,
                            award,
                            PointsSource.BUDGET,
                            given.employee,
                            60,
                            0,
                            2,
                            0,
                            given.lead,
                            3L,
                            100L,
                            null),
                    told(given, reversal));
            assertEquals(List.of(), given.commands(ReturnToPool.class, reversal));
        }
    }

    /** It is bounded by what leads can return, for no single debit is known. */
    @Test
    void whatCameFromABudgetThatIsNoMoreGoesToThePool() {
        try (var given = Given.tenant()) {
            given.budget(60);
            var award = awardFromBudget(given, 60);
            given.member(given.lead, "employee", true);
            var reversal = id(reverse(given.asManager(), award).statusCode(202).body("source", equalTo("pool")));
            assertEquals(
                    new ReturnToPool(reversal, given.tenant, given.employee, 60, null, ReturnOrigin.REVERSAL),
                    given.awaitCommand(ReturnToPool.class, reversal));
            poolTakes(given, reversal, 60);
            given.awaitState(reversal, "COMPLETED");
            assertEquals(0, given.budgetOf(given.lead));
        }
    }

    /** Budgets of such a tenant are on their way back; of one that is suspended they are not. */
    @Test
    void noBudgetOfATenantThatIsBeingClosedIsFilled() {
        try (var given = Given.tenant()) {
            given.budget(60);
            var award = awardFromBudget(given, 60);
            given.kafka.send(new TenantSuspended(given.tenant, 1));
            Awaitility.await().until(() -> poolStatus(given).equals("suspended"));
            check(given.asManager(), award, REASON).statusCode(200).body("to", equalTo("budget"));
            given.kafka.send(new TenantClosing(
                    given.tenant,
                    2,
                    UUID.randomUUID(),
                    LocalDate.parse("2099-12-31"),
                    Settlement.EXPIRE,
                    Settlement.EXPIRE,
                    UUID.randomUUID()));
            Awaitility.await().until(() -> poolStatus(given).equals("closing"));
            check(given.asManager(), award, REASON).statusCode(200).body("to", equalTo("pool"));
            reverse(given.asManager(), award).statusCode(202).body("source", equalTo("pool"));
            assertEquals(0, given.budgetOf(given.lead));
        }
    }

    private static String poolStatus(Given given) {
        return given.asManager().get("/api/allocations/pool").then().extract().path("status");
    }

    @Test
    void anAwardOfABatchGoesBackByTheDebitOfTheBatch() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 10L, other, 7L));
            given.poolDebitsBatch(batch, 17);
            given.awaitBatch(batch, "COMPLETED");
            List<String> awards = given.as(other, "employee")
                    .get("/api/allocations/history")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items.distribution_id");
            var reversal = id(
                    reverse(given.asManager(), UUID.fromString(awards.get(0))).statusCode(202));
            assertEquals(batch, given.awaitCommand(ReturnToPool.class, reversal).debitId());
            assertEquals(0, given.earnedBy(other));
            assertEquals(10, given.earnedBy(given.employee));
            reverse(given.asManager(), batch).statusCode(409).body("type", containsString("not-reversible"));
        }
    }

    @Test
    void whatIsThereIsTakenIfThatIsAskedFor() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            spends(given, 30);
            for (var short70 : List.of(check(given.asManager(), award, REASON), reverse(given.asManager(), award))) {
                short70.statusCode(409)
                        .body("type", equalTo("urn:points:problem:shortfall"))
                        .body("balance", equalTo(70));
            }
            given.distribution(award).body("reversed_by", nullValue());
            check(given.asManager(), award, WHAT_IS_THERE)
                    .statusCode(200)
                    .body("amount", equalTo(70))
                    .body("missing", equalTo(30));
            var reversal = id(reverse(given.asManager(), award, WHAT_IS_THERE)
                    .statusCode(202)
                    .body("amount", equalTo(70))
                    .body("missing", equalTo(30)));
            assertEquals(70, given.awaitCommand(ReturnToPool.class, reversal).amount());
            assertEquals(30, told(given, reversal).missing());
        }
    }

    @Test
    void nothingIsTakenOutOfAnEmptyWallet() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            spends(given, 100);
            reverse(given.asManager(), award, WHAT_IS_THERE)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:shortfall"))
                    .body("balance", equalTo(0));
            given.distribution(award).body("reversed_by", nullValue());
        }
    }

    @Test
    void whatThePoolSetsAsideIsAskedForAgain() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            var reversal = id(reverse(given.asManager(), award).statusCode(202));
            given.awaitCommand(ReturnToPool.class, reversal);
            given.kafka.send(new PointsReturnSetAside(reversal, given.tenant, 100, 0));
            given.awaitState(reversal, "SET_ASIDE");
            poolTakes(given, reversal, 100);
            given.awaitState(reversal, "COMPLETED");
        }
    }

    @Test
    void theFeedOfEverybodyForgetsItAndThoseInvolvedSeeTheReversal() {
        try (var given = Given.tenant()) {
            var stranger = given.newEmployee();
            var recognition = UUID.fromString(given.asManager()
                    .header("Prefer", "respond-async")
                    .body("""
                            {"to_user_id": "%s", "amount": 50, "message": "Saved the launch"}""".formatted(given.employee))
                    .post("/api/recognitions")
                    .then()
                    .statusCode(202)
                    .extract()
                    .<String>path("distribution_id"));
            given.poolDebits(recognition, DistributionKind.AWARD, 50);
            given.awaitState(recognition, "COMPLETED");
            given.as(stranger, "employee").get("/api/feed").then().body("items.kind", hasItem("recognition"));

            var reversal = id(
                    reverse(given.as(UUID.randomUUID(), "manager"), recognition).statusCode(202));
            given.as(stranger, "employee")
                    .get("/api/feed")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0));
            given.asEmployee()
                    .get("/api/feed")
                    .then()
                    .statusCode(200)
                    .body("items.kind", contains("reversal", "recognition"))
                    .body("items[0].distribution_id", equalTo(reversal.toString()))
                    .body("items[0].actor_id", equalTo(given.manager.toString()))
                    .body("items[0].amount", equalTo(50))
                    .body("items[1].message", equalTo("Saved the launch"));
            given.as(UUID.randomUUID(), "manager")
                    .get("/api/feed")
                    .then()
                    .body("items.kind", hasItem("reversal"))
                    .body("items.kind", not(hasItem("recognition")));
        }
    }

    @Test
    void whatWasTakenBackWasNotEarnedThisMonth() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            award(given, 7);
            assertEquals(107, earnedThisMonth(given));
            id(reverse(given.asManager(), award).statusCode(202));
            assertEquals(7, earnedThisMonth(given));
        }
    }

    private static int earnedThisMonth(Given given) {
        return given.asEmployee()
                .get("/api/wallets/me")
                .then()
                .statusCode(200)
                .extract()
                .path("earned_this_month");
    }

    @Test
    void itStandsInTheHistoryAndTheWalletOfThoseInvolved() {
        try (var given = Given.tenant()) {
            given.budget(100);
            var award = awardFromBudget(given, 60);
            var reversal = id(reverse(given.asManager(), award).statusCode(201));
            for (var who : List.of(given.asEmployee(), given.asLead())) {
                who.get("/api/allocations/history?kind=reversal")
                        .then()
                        .statusCode(200)
                        .body("items.distribution_id", contains(reversal.toString()))
                        .body("items[0].reverses", equalTo(award.toString()));
            }
            for (var who : List.of(given.asEmployee(), given.asLead())) {
                who.get("/api/allocations/distributions/" + reversal).then().statusCode(200);
            }
            given.asEmployee()
                    .get("/api/wallets/me?expand=distribution")
                    .then()
                    .statusCode(200)
                    .body("entries[0].amount", equalTo(-60))
                    .body("entries[0].distribution.kind", equalTo("reversal"))
                    .body("entries[0].distribution.counterparty_id", equalTo(given.lead.toString()))
                    .body("entries[0].distribution.description", equalTo("Wrong person"));
        }
    }

    @Test
    void anErasureTakesTheReasonAwayFromWhomeverItIsAboutAndWhoeverWroteIt() {
        try (var given = Given.tenant()) {
            var other = UUID.randomUUID();
            given.member(other, "manager", true);
            var first = id(reverse(given.as(other, "manager"), award(given, 5)).statusCode(202));
            erase(given, other);
            given.distribution(first).body("description", nullValue());
            var second = id(reverse(given.asManager(), award(given, 5)).statusCode(202));
            erase(given, given.employee);
            given.distribution(second).body("description", nullValue());
        }
    }

    private static void erase(Given given, UUID user) {
        given.asManager()
                .delete("/api/members/" + user + "/personal-data")
                .then()
                .statusCode(200);
    }
}
