package io.points.distribution.award;

import static io.points.distribution.award.Reversing.award;
import static io.points.distribution.award.Reversing.awardFromBudget;
import static io.points.distribution.award.Reversing.check;
import static io.points.distribution.award.Reversing.id;
import static io.points.distribution.award.Reversing.poolTakes;
import static io.points.distribution.award.Reversing.reverse;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom an award is not taken back for, when not, and that it happens once whoever asks at once. */
@DistributionServiceTest
class ReversalRefusedTest {

    @Test
    void anAwardIsReversedOnceAndItsReversalNever() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            var reversal = id(reverse(given.asManager(), award).statusCode(202));
            refused(given, award, "already-reversed")
                    .forEach(it -> it.body("reversed_by", equalTo(reversal.toString())));
            refused(given, reversal, "not-reversible");
            poolTakes(given, reversal, 100);
            given.awaitState(reversal, "COMPLETED");
            refused(given, reversal, "not-reversible");
            refused(given, award, "already-reversed");
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void onlyAnAwardThatHasArrivedIsReversed() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(5);
            refused(given, award, "not-completed").forEach(it -> it.body("state", equalTo("REQUESTED")));
            given.poolRefuses(award, 5);
            given.awaitState(award, "REJECTED");
            refused(given, award, "not-completed").forEach(it -> it.body("state", equalTo("REJECTED")));
            var delegation = given.requestDelegation(5);
            given.poolDebits(delegation, DistributionKind.DELEGATION, 5);
            given.awaitState(delegation, "COMPLETED");
            refused(given, delegation, "not-reversible");
        }
    }

    @Test
    void leadsReverseTheirOwnAwardsAndNobodyAnotherTenants() {
        try (var given = Given.tenant();
                var neighbour = Given.tenant()) {
            given.budget(100);
            var award = awardFromBudget(given, 60);
            var ofManager = award(given, 7);
            var otherLead = UUID.randomUUID();
            given.member(otherLead, "lead", true);
            for (var by : List.of(given.as(otherLead, "lead"), neighbour.asManager(), neighbour.asLead())) {
                reverse(by, award).statusCode(404);
            }
            reverse(given.asLead(), ofManager).statusCode(404);
            check(given.asLead(), ofManager, "{\"reason\": \"Mine?\"}").statusCode(404);
            reverse(given.asEmployee(), award).statusCode(403);
            reverse(given.asManager(), UUID.randomUUID()).statusCode(404);
            assertEquals(67, given.earnedBy(given.employee));
        }
    }

    @Test
    void theGiverCanForADayAndAManagerForThirty() {
        try (var given = Given.tenant()) {
            given.budget(100);
            var award = awardFromBudget(given, 60);
            longAgo(award, "25 hours");
            reverse(given.asLead(), award)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:reversal-too-late"))
                    .body("until", startsWith("20"));
            longAgo(award, "31 days");
            refused(given, award, "reversal-too-late");
            longAgo(award, "29 days");
            reverse(given.asManager(), award).statusCode(201);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | reason",
                "{\"reason\": \" \"} | reason",
                "{\"reason\": null} | reason",
                "{\"reason\": \"x\\u0000\"} | reason",
                "{\"reason\": \"x\", \"shortfall\": \"owe\"} | shortfall",
                "{\"reason\": \"x\", \"shortfall\": 5} | shortfall",
                "{\"reason\": \"x\", \"amount\": 5} | amount"
            })
    void badInputNamesItsField(String body, String field) {
        try (var given = Given.tenant()) {
            var award = given.requestAward(5);
            for (var answer : List.of(reverse(given.asManager(), award, body), check(given.asManager(), award, body))) {
                answer.statusCode(400).body("errors.field", hasItem(field));
            }
            given.distribution(award).body("reversed_by", nullValue());
        }
    }

    @Test
    void aRepeatUnderItsKeyIsTheSameReversal() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            var key = "reversal-" + award;
            var first = id(reverse(given.asManager().header("Idempotency-Key", key), award)
                    .statusCode(202));
            assertEquals(
                    first,
                    id(reverse(given.asManager().header("Idempotency-Key", key), award)
                            .statusCode(202)));
            reverse(given.asManager().header("Idempotency-Key", key), award, "{\"reason\": \"Another\"}")
                    .statusCode(422);
            assertEquals(1, given.commands(ReturnToPool.class, first).size());
        }
    }

    @Test
    void ofManyAtOnceOneReversesIt() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            award(given, 100);
            var asked = Stream.generate(() -> SideBySide.begin(
                            () -> reverse(given.asManager(), award).extract().statusCode()))
                    .limit(6)
                    .toList();
            var answers = asked.stream().map(it -> it.join()).sorted().toList();
            assertEquals(List.of(202, 409, 409, 409, 409, 409), answers);
            assertEquals(100, given.earnedBy(given.employee));
        }
    }

    @Test
    void twoAwardsOfOneWalletAreReversedBesideEachOtherAndAThirdAward() {
        try (var given = Given.tenant()) {
            given.budget(100);
            var fromPool = award(given, 30);
            var fromBudget = awardFromBudget(given, 40);
            var all = List.of(
                    SideBySide.begin(
                            () -> reverse(given.asManager(), fromPool).extract().statusCode()),
                    SideBySide.begin(
                            () -> reverse(given.asLead(), fromBudget).extract().statusCode()),
                    SideBySide.begin(() -> {
                        awardFromBudget(given, 5);
                        return 201;
                    }));
            assertEquals(
                    List.of(202, 201, 201), all.stream().map(it -> it.join()).toList());
            assertEquals(5, given.earnedBy(given.employee));
            assertEquals(95, given.budgetOf(given.lead));
        }
    }

    /** The budget that a reversal fills is returned with the rest, or it goes to the pool itself. */
    @Test
    void aLeadWhoIsDeactivatedMeanwhileKeepsNothing() {
        try (var given = Given.tenant()) {
            given.budget(100);
            var award = awardFromBudget(given, 60);
            var reversed = SideBySide.begin(
                    () -> reverse(given.asManager(), award).extract().statusCode());
            var deactivated = SideBySide.begin(() -> given.member(given.lead, "lead", false));
            assertTrue(List.of(201, 202).contains(reversed.join()));
            deactivated.join();
            assertEquals(0, given.budgetOf(given.lead));
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    /** Whatever writes the row. */
    @Test
    void theTableTakesNoSecondReversal() {
        try (var given = Given.tenant()) {
            var award = award(given, 100);
            var other = award(given, 100);
            var reversal = id(reverse(given.asManager(), award).statusCode(202));
            var second = id(reverse(given.asManager(), other).statusCode(202));
            var refused = assertThrows(
                    RuntimeException.class,
                    () -> sql("update distributions set reverses = '%s' where id = '%s'".formatted(award, second)));
            assertTrue(String.valueOf(refused).contains("one_reversal_of_each_award"), refused::toString);
            given.distribution(award).body("reversed_by", equalTo(reversal.toString()));
        }
    }

    private static List<io.restassured.response.ValidatableResponse> refused(Given given, UUID award, String why) {
        var body = "{\"reason\": \"Wrong person\"}";
        return Stream.of(reverse(given.asManager(), award, body), check(given.asManager(), award, body))
                .map(it -> it.statusCode(409).body("type", equalTo("urn:points:problem:" + why)))
                .toList();
    }

    private static void longAgo(UUID distribution, String ago) {
        sql("update distributions set created_at = now() - interval '%s' where id = '%s'".formatted(ago, distribution));
    }

    private static void sql(String statement) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute(statement);
            }
        });
    }
}
