package io.points.distribution.rule;

import static io.points.distribution.rule.Rules.ADA;
import static io.points.distribution.rule.Rules.BOB;
import static io.points.distribution.rule.Rules.DAN;
import static io.points.distribution.rule.Rules.EVE;
import static io.points.distribution.rule.Rules.award;
import static io.points.distribution.rule.Rules.batch;
import static io.points.distribution.rule.Rules.byLead;
import static io.points.distribution.rule.Rules.byPeer;
import static io.points.distribution.rule.Rules.delegation;
import static io.points.distribution.rule.Rules.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Verdict.Allowed;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivingRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final UUID SALES = new UUID(7, 1);
    private static final UUID SUPPORT = new UUID(7, 2);
    private static final String GIVER =
            "{'id': 'month', 'of': 'giver', 'per': 'month', 'points': 100, 'then': 'refuse'}";

    @Test
    void aLimitCanBeMetAndNotPassed() {
        var judging = new Judging(rules(GIVER), TODAY, Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 60)));
        assertEquals("month: 41 of 40 left", judge(judging, award(ADA, BOB, 41)));
        assertEquals("allowed", judge(judging, award(ADA, EVE, 40)));
        assertEquals("month: 1 of 0 left", judge(judging, award(ADA, EVE, 1)));
        assertEquals("allowed", judge(judging, award(BOB, EVE, 100)), "another giver");
    }

    @Test
    void whoeverIsNoManagerGivesOutOfThePoolAsFarAsAnAllowanceGoes() {
        assertEquals(
                new Verdict.NoAllowance(),
                GivingRules.judge(List.of(), byPeer(ADA, BOB, 1), subject -> Tally.nothing(TODAY)));
        var peers =
                "{'id': 'peers', 'of': 'giver', 'roles': ['employee'], 'from': 'pool', 'per': 'month', 'points': 100, 'then': 'refuse'}";
        var own = peers.replace("peers", "own").replace("'roles': ['employee']", "'members': ['" + EVE + "']");
        var judging =
                new Judging(rules(peers, own.replace("100", "10"), GIVER.replace("100", "1000")), TODAY, Map.of());
        assertEquals("allowed", judge(judging, byPeer(ADA, BOB, 60)));
        assertEquals("peers: 41 of 40 left", judge(judging, byPeer(ADA, BOB, 41)));
        assertEquals("own: 11 of 10 left", judge(judging, byPeer(EVE, BOB, 11)), "in place of the role's");
        assertEquals("allowed", judge(judging, byLead(ADA, BOB, 900)), "out of a budget, an allowance limits nothing");
        assertEquals("allowed", judge(judging, award(ADA, BOB, 40)), "nor what a manager gives");
        assertEquals("month: 1 of 0 left", judge(judging, award(ADA, BOB, 1)));
    }

    @Test
    void anAllowanceIsGivenOutOfWhatItIsFrom() {
        var ofSales = allowance("sales", "department:" + SALES, "month", 100);
        var ofPool = allowance("pool", "pool", "week", 20);
        var rules = rules(
                ofSales, ofPool, "{'id': 'each', 'of': 'department', 'per': 'day', 'points': 70, 'then': 'refuse'}");
        assertEquals(Arrays.asList(SALES, null), Allowances.funds(rules, byPeer(ADA, BOB, 1)));
        assertEquals(List.of(), Allowances.funds(rules, award(ADA, BOB, 1)), "a manager needs none");
        assertEquals(List.of(), Allowances.funds(rules, delegation(ADA, BOB, 1)), "allowances are for awards");
        assertEquals(List.of(), Allowances.funds(rules, byLead(ADA, BOB, 1)), "nor does it hold for leads");
        var judging = new Judging(rules, TODAY, Map.of());
        assertEquals("allowed", judge(judging, byPeer(ADA, BOB, 60).outOf(SALES)));
        assertEquals("sales: 41 of 40 left", judge(judging, byPeer(ADA, BOB, 41).outOf(SALES)));
        assertEquals("each: 11 of 10 left", judge(judging, byPeer(ADA, BOB, 11).outOf(SALES)));
        assertEquals(true, judging.isWithinAllowance(byPeer(ADA, BOB, 40).outOf(SALES)));
        assertEquals(false, judging.isWithinAllowance(byPeer(ADA, BOB, 21)));
        assertEquals("pool: 21 of 20 left", judge(judging, byPeer(ADA, BOB, 21)));
        assertEquals("allowed", judge(judging, byPeer(ADA, BOB, 20)), "it counts by itself");
        assertEquals(
                new Verdict.NoAllowance(), judging.judge(byPeer(ADA, BOB, 1).outOf(SUPPORT)));
        assertEquals(
                Optional.of("sales"),
                Allowances.first(rules, byPeer(ADA, BOB, 1).outOf(SALES)).map(Rule::id));
        assertEquals(
                Optional.empty(), Allowances.first(rules, award(ADA, BOB, 1).outOf(SALES)));
    }

    @Test
    void twoAllowancesOutOfTheSameAreOneWayToGive() {
        var rules = rules(
                allowance("day", "department:" + SALES, "day", 10),
                allowance("month", "department:" + SALES, "month", 50));
        assertEquals(List.of(SALES), Allowances.funds(rules, byPeer(ADA, BOB, 1)));
        var judging = new Judging(rules, TODAY, Map.of());
        assertEquals("day: 11 of 10 left", judge(judging, byPeer(ADA, BOB, 11).outOf(SALES)));
        assertEquals(false, judging.isWithinAllowance(byPeer(ADA, BOB, 11).outOf(SALES)));
    }

    @Test
    void whatIsGivenOutOfADepartmentIsCountedByItself() {
        var each =
                "{'id': 'each', 'of': 'department', 'per': 'month', 'points': 100, 'then': 'refuse', 'alert_at': [80]}";
        var sales = "{'id': 'sales', 'of': 'department', 'departments': ['" + SALES
                + "'], 'per': 'month', 'points': 10, 'then': 'refuse'}";
        var rules = rules(each, sales);
        var judging = new Judging(rules, TODAY, Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 60).outOf(SUPPORT)));
        assertEquals("each: 41 of 40 left", judge(judging, award(EVE, BOB, 41).outOf(SUPPORT)), "whoever gives it");
        assertEquals("sales: 11 of 10 left", judge(judging, award(ADA, BOB, 11).outOf(SALES)), "in place of the other");
        assertEquals("allowed", judge(judging, award(ADA, BOB, 10).outOf(SALES)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 900)), "out of no department");
        assertEquals(
                Set.of(Subject.giver(ADA), Subject.department(SALES)),
                GivingRules.subjects(rules, award(ADA, BOB, 1).outOf(SALES)));
        assertEquals(Set.of(Subject.giver(ADA)), GivingRules.subjects(rules, award(ADA, BOB, 1)));
        assertEquals(List.of("sales"), ids(GivingRules.ofDepartment(rules, SALES)));
        assertEquals(List.of("each"), ids(GivingRules.ofDepartment(rules, SUPPORT)));
        assertEquals(
                List.of("each: 80 % of 100, 81"),
                told(
                        rules,
                        award(ADA, BOB, 81).outOf(SUPPORT),
                        award(ADA, BOB, 9).outOf(SALES),
                        award(ADA, BOB, 90)));
    }

    @Test
    void aDepartmentsOwnRuleStandsInPlaceOfThatOfItsSortAlone() {
        var each = "{'id': 'each', 'of': 'department', 'per': 'month', 'points': 100, 'then': 'refuse'}";
        for (var other : List.of("'per': 'day'", "'per': 'month', 'kinds': ['delegation']")) {
            var own = "{'id': 'own', 'of': 'department', 'departments': ['" + SALES + "'], " + other
                    + ", 'points': 1000, 'then': 'refuse'}";
            var judging = new Judging(rules(each, own), TODAY, Map.of());
            assertEquals(
                    "each: 101 of 100 left", judge(judging, award(ADA, BOB, 101).outOf(SALES)), other);
        }
    }

    @Test
    void aBoostIsAddedToTheFirstAllowanceByTheMonth() {
        var rules = rules(
                allowance("week", "pool", "week", 1_000),
                allowance("month", "pool", "month", 100).replace("'refuse'", "'refuse', 'alert_at': [100]"),
                allowance("sales", "department:" + SALES, "month", 100),
                "{'id': 'all', 'of': 'tenant', 'per': 'month', 'points': 150, 'then': 'refuse'}");
        assertEquals(
                Optional.of("month"),
                Allowances.boosted(rules, ADA, MemberRole.EMPLOYEE).map(Rule::id));
        assertEquals(Optional.empty(), Allowances.boosted(rules, ADA, MemberRole.LEAD));
        assertEquals(Optional.empty(), Allowances.boosted(rules, ADA, MemberRole.MANAGER));
        assertEquals(Optional.empty(), Allowances.boosted(rules.subList(0, 1), ADA, MemberRole.EMPLOYEE));
        var judging = new Judging(
                rules,
                TODAY,
                Map.of(),
                Map.of(),
                Map.of(ADA, Map.of("2026-11", 40L, "2026-12", 900L), DAN, Map.of("2026-12", 900L)));
        assertEquals("month: 141 of 140 left", judge(judging, byPeer(ADA, BOB, 141)));
        assertEquals(true, judging.isWithinAllowance(byPeer(ADA, BOB, 140)));
        assertEquals("month: 101 of 100 left", judge(judging, byPeer(DAN, BOB, 101)), "of another month");
        assertEquals(
                "sales: 101 of 100 left", judge(judging, byPeer(ADA, BOB, 101).outOf(SALES)), "not to the others");
        assertEquals("allowed", judge(judging, byPeer(ADA, BOB, 139)));
        judging.count(byPeer(ADA, BOB, 139));
        assertEquals(List.of(), said(judging), "of 140");
        judging.judge(byPeer(ADA, BOB, 1));
        judging.count(byPeer(ADA, BOB, 1));
        assertEquals(List.of("month: 100 % of 140, 140"), said(judging));
        assertEquals("all: 11 of 10 left", judge(judging, award(EVE, BOB, 11)), "other rules are as they were");
    }

    @Test
    void aBoostedAllowanceIsNoMoreThanARuleCanSay() {
        var rules = rules(allowance("month", "pool", "month", 100).replace("100", "1000000000000"));
        assertEquals(1_000_000_000_000L, rules.get(0).boosted(1_000_000_000_000L));
        assertEquals(1_000_000_000_000L, rules.get(0).boosted(0));
    }

    @Test
    void whatNobodyMayGiveLeavesTheOthersTheirShare() {
        var judging = new Judging(
                rules("{'id': 'all', 'of': 'tenant', 'per': 'day', 'points': 10, 'then': 'refuse'}"), TODAY, Map.of());
        assertEquals(new Verdict.NoAllowance(), judging.judge(byPeer(ADA, BOB, 10)));
        assertEquals("allowed", judge(judging, award(EVE, BOB, 10)));
    }

    private static String allowance(String id, String from, String per, int points) {
        return "{'id': '%s', 'of': 'giver', 'roles': ['employee'], 'from': '%s', 'per': '%s', 'points': %s, 'then': 'refuse'}"
                .formatted(id, from, per, points);
    }

    @Test
    void awardsAreCountedAsPointsAre() {
        var judging = new Judging(
                rules("{'id': 'few', 'of': 'giver', 'per': 'day', 'awards': 2, 'points': 1000, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("few: 1001 of 1000 left", judge(judging, award(ADA, BOB, 1001)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 1)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 1)));
        var refused = (Refused) judging.judge(award(ADA, BOB, 1));
        assertEquals(false, refused.excess().inPoints());
        assertEquals(2, refused.excess().used());
        assertEquals(2, refused.excess().limit());
        assertEquals(0, refused.excess().left());
    }

    @Test
    void aLoweredLimitLeavesNothingAndNotLess() {
        var before = Map.of(Subject.giver(ADA), Tally.nothing(TODAY).plus(GivingKind.AWARD, 150, 1));
        var refused = (Refused) new Judging(rules(GIVER), TODAY, before).judge(award(ADA, BOB, 1));
        assertEquals(150, refused.excess().used());
        assertEquals(0, refused.excess().left());
    }

    @Test
    void eachAwardIsComparedByItself() {
        var judging = new Judging(
                rules("{'id': 'large', 'of': 'award', 'points_above': 50, 'then': 'refuse'}"), TODAY, Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 50)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 50)));
        assertEquals("large: 51 of 50 left", judge(judging, award(ADA, BOB, 51)));
        assertEquals("large: 51 of 50 left", judge(judging, batch(ADA, part(BOB, 50), part(EVE, 1))), "a batch is one");
        assertEquals("allowed", judge(judging, delegation(ADA, BOB, 51)));
        assertEquals(
                Set.of(),
                GivingRules.subjects(rules("{'id': 'l', 'of': 'award', 'points_above': 50}"), award(ADA, BOB, 1)));
    }

    @Test
    void delegationsCountForRulesThatNameThem() {
        var judging = new Judging(
                rules(
                        "{'id': 'both', 'of': 'giver', 'kinds': ['award', 'delegation'], 'per': 'month', 'points': 100, 'then': 'refuse'}",
                        "{'id': 'awards', 'of': 'giver', 'per': 'week', 'points': 50, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("allowed", judge(judging, delegation(ADA, DAN, 60)));
        assertEquals("both: 41 of 40 left", judge(judging, award(ADA, BOB, 41)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 40)));
        assertEquals("both: 1 of 0 left", judge(judging, delegation(ADA, DAN, 1)));
    }

    @Test
    void receiversPairsAndTheWholeCompanyHaveTheirOwnFigures() {
        var judging = new Judging(
                rules(
                        "{'id': 'receiver', 'of': 'receiver', 'per': 'quarter', 'points': 30, 'then': 'refuse'}",
                        "{'id': 'pair', 'of': 'pair', 'per': 'month', 'awards': 1, 'then': 'refuse'}",
                        "{'id': 'all', 'of': 'tenant', 'per': 'year', 'points': 50, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 20)));
        assertEquals("pair: 1 of 0 left", judge(judging, award(ADA, BOB, 1)));
        assertEquals("receiver: 11 of 10 left", judge(judging, award(EVE, BOB, 11)));
        assertEquals("allowed", judge(judging, award(EVE, BOB, 10)));
        assertEquals("all: 21 of 20 left", judge(judging, award(EVE, DAN, 21)));
        assertEquals("allowed", judge(judging, award(EVE, DAN, 20)));
    }

    @Test
    void ofABatchOneReceiverTooManyIsEnough() {
        var judging = new Judging(
                rules(
                        "{'id': 'receiver', 'of': 'receiver', 'per': 'month', 'points': 30, 'then': 'refuse'}",
                        "{'id': 'giver', 'of': 'giver', 'per': 'month', 'points': 100, 'awards': 3, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("receiver: 31 of 30 left", judge(judging, batch(ADA, part(BOB, 30), part(EVE, 31))));
        assertEquals("allowed", judge(judging, batch(ADA, part(BOB, 30), part(EVE, 30))));
        assertEquals("giver: 2 of 1 left", judge(judging, batch(ADA, part(DAN, 1), part(new UUID(0, 99), 1))));
        assertEquals("receiver: 1 of 0 left", judge(judging, award(ADA, EVE, 1)));
        assertEquals("allowed", judge(judging, award(ADA, DAN, 1)));
    }

    @Test
    void aRuleOfARoleHoldsForWhoGivesInIt() {
        var judging = new Judging(
                rules(
                        "{'id': 'leads', 'of': 'giver', 'roles': ['lead'], 'per': 'month', 'points': 10, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 11)));
        assertEquals("leads: 11 of 10 left", judge(judging, byLead(DAN, BOB, 11)));
    }

    @Test
    void aMembersOwnRuleStandsInPlaceOfTheRoles() {
        var own = "{'id': 'ada', 'of': 'giver', 'members': ['" + ADA
                + "'], 'per': 'month', 'points': 200, 'then': 'refuse'}";
        var day = "{'id': 'day', 'of': 'giver', 'per': 'day', 'points': 150, 'then': 'refuse'}";
        var judging = new Judging(rules(GIVER, own, day), TODAY, Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 150)), "more than the month's");
        assertEquals("day: 1 of 0 left", judge(judging, award(ADA, BOB, 1)), "of another length");
        assertEquals("month: 101 of 100 left", judge(judging, award(EVE, BOB, 101)));
        var delegations = "{'id': 'ada', 'of': 'giver', 'members': ['" + ADA
                + "'], 'kinds': ['delegation'], 'per': 'month', 'points': 200, 'then': 'refuse'}";
        assertEquals(
                "month: 101 of 100 left",
                judge(new Judging(rules(GIVER, delegations), TODAY, Map.of()), award(ADA, BOB, 101)),
                "of another kind");
    }

    @Test
    void aReceiversOwnRuleToo() {
        var judging = new Judging(
                rules(
                        "{'id': 'all', 'of': 'receiver', 'per': 'month', 'points': 10, 'then': 'refuse'}",
                        "{'id': 'bob', 'of': 'receiver', 'members': ['" + BOB
                                + "'], 'per': 'month', 'points': 20, 'then': 'refuse'}"),
                TODAY,
                Map.of());
        assertEquals("bob: 21 of 20 left", judge(judging, award(ADA, BOB, 21)));
        assertEquals("allowed", judge(judging, award(ADA, BOB, 20)));
        assertEquals("all: 11 of 10 left", judge(judging, award(ADA, EVE, 11)));
    }

    @Test
    void theStrictestRuleWins() {
        var one = "{'id': 'one', 'of': 'award', 'points_above': 10, 'then': 'approve'}";
        var two = "{'id': 'two', 'of': 'award', 'points_above': 20, 'then': 'approve', 'levels': 2, 'hours': 24}";
        var alsoTwo = "{'id': 'also-two', 'of': 'award', 'points_above': 15, 'then': 'approve', 'levels': 2}";
        var refuse = "{'id': 'refuse', 'of': 'award', 'points_above': 30, 'then': 'refuse'}";
        var rules = rules(one, two, alsoTwo, refuse);
        assertEquals(new Allowed(), GivingRules.judge(rules, award(ADA, BOB, 10), nothing()));
        assertEquals(new NeedsApproval(rules.get(0), 1, 168), GivingRules.judge(rules, award(ADA, BOB, 11), nothing()));
        assertEquals(new NeedsApproval(rules.get(2), 2, 168), GivingRules.judge(rules, award(ADA, BOB, 16), nothing()));
        assertEquals(
                new NeedsApproval(rules.get(1), 2, 24),
                GivingRules.judge(rules, award(ADA, BOB, 21), nothing()),
                "of equals the first");
        assertEquals("refuse: 31 of 30 left", judge(new Judging(rules, TODAY, Map.of()), award(ADA, BOB, 31)));
    }

    @Test
    void whatAwaitsAnApprovalCounts() {
        var judging = new Judging(
                rules(GIVER, "{'id': 'one', 'of': 'award', 'points_above': 10, 'then': 'approve'}"), TODAY, Map.of());
        assertEquals("one: by 1", judge(judging, award(ADA, BOB, 100)));
        assertEquals("month: 1 of 0 left", judge(judging, award(ADA, BOB, 1)));
    }

    @Test
    void onlyWhatIsGivenIsKept() {
        var judging = new Judging(rules(GIVER), TODAY, Map.of());
        judging.judge(award(ADA, BOB, 60));
        assertEquals(Map.of(), judging.changed());
        judging.count(award(ADA, BOB, 30));
        judging.count(award(ADA, EVE, 5));
        assertEquals(
                Map.of(
                        Subject.giver(ADA),
                        Tally.nothing(TODAY).plus(GivingKind.AWARD, 30, 1).plus(GivingKind.AWARD, 5, 1)),
                judging.changed());
    }

    @Test
    void allOfOneRequestCountToTheSameDay() {
        var ahead = Map.of(Subject.giver(ADA), Tally.nothing(TODAY.plusDays(1)));
        var judging = new Judging(rules(GIVER), TODAY, ahead);
        assertEquals(TODAY.plusDays(1), judging.day());
        assertEquals(TODAY, new Judging(rules(GIVER), TODAY, Map.of()).day());
        var behind =
                Map.of(Subject.giver(ADA), Tally.nothing(TODAY.minusDays(40)).plus(GivingKind.AWARD, 100, 1));
        assertEquals("allowed", judge(new Judging(rules(GIVER), TODAY, behind), award(ADA, BOB, 100)), "last month's");
    }

    @Test
    void whatMustBeCountedFollowsFromTheRules() {
        var rules = rules(
                "{'id': 'p', 'of': 'pair', 'per': 'day', 'awards': 1, 'then': 'refuse'}",
                "{'id': 'r', 'of': 'receiver', 'per': 'day', 'awards': 1, 'then': 'refuse'}",
                "{'id': 't', 'of': 'tenant', 'per': 'day', 'awards': 1, 'then': 'refuse'}");
        var batch = batch(ADA, part(BOB, 1), part(EVE, 1));
        assertEquals(
                Set.of(
                        Subject.giver(ADA),
                        Subject.receiver(BOB),
                        Subject.receiver(EVE),
                        new Subject(ADA, BOB),
                        new Subject(ADA, EVE),
                        Subject.TENANT),
                GivingRules.subjects(rules, batch));
        assertEquals(Set.of(Subject.giver(ADA), Subject.TENANT), GivingRules.subjects(rules.subList(2, 3), batch));
        var shares = GivingRules.shares(GivingRules.subjects(rules, batch), batch);
        assertEquals(new GivingRules.Share(2, 2), shares.get(Subject.giver(ADA)));
        assertEquals(new GivingRules.Share(1, 1), shares.get(new Subject(ADA, EVE)));
    }

    @Test
    void whatHoldsForAGiverIsWhatTheyAreShown() {
        var own = "{'id': 'ada', 'of': 'giver', 'members': ['" + ADA
                + "'], 'per': 'month', 'points': 200, 'then': 'refuse'}";
        var leads = "{'id': 'leads', 'of': 'giver', 'roles': ['lead'], 'per': 'month', 'points': 10, 'then': 'refuse'}";
        var all = "{'id': 'all', 'of': 'tenant', 'per': 'year', 'points': 50, 'then': 'refuse'}";
        var pair = "{'id': 'pair', 'of': 'pair', 'per': 'month', 'awards': 1, 'then': 'refuse'}";
        var rules = rules(GIVER, own, leads, all, pair);
        assertEquals(List.of("ada", "all"), ids(GivingRules.ofGiver(rules, ADA, MemberRole.LEAD)));
        assertEquals(List.of("month", "leads", "all"), ids(GivingRules.ofGiver(rules, BOB, MemberRole.LEAD)));
        assertEquals(List.of("month", "all"), ids(GivingRules.ofGiver(rules, BOB, MemberRole.MANAGER)));
    }

    @Test
    void whatRulesWouldHaveRefusedIsFoundRuleByRule() {
        var rules = rules(GIVER, "{'id': 'large', 'of': 'award', 'points_above': 50, 'then': 'refuse'}");
        var past = List.of(
                past(TODAY.minusDays(40), award(ADA, BOB, 90)),
                past(TODAY.minusDays(2), award(ADA, BOB, 60)),
                past(TODAY.minusDays(1), award(ADA, BOB, 41)),
                past(TODAY, award(ADA, BOB, 40)));
        assertEquals(
                List.of(new RuleLookback.Found(1, 41, 0), new RuleLookback.Found(2, 150, 0)),
                RuleLookback.found(rules, past));
    }

    @Test
    void howOftenRulesWouldHaveToldIsFoundToo() {
        var rules = rules(
                "{'id': 'month', 'of': 'giver', 'per': 'month', 'points': 100, 'then': 'refuse', 'alert_at': [50, 80]}",
                "{'id': 'pair', 'of': 'pair', 'per': 'year', 'awards': 2, 'then': 'alert'}");
        var past = List.of(
                past(TODAY.minusDays(40), award(ADA, BOB, 50)),
                past(TODAY.minusDays(39), award(ADA, BOB, 50)),
                past(TODAY.minusDays(38), award(ADA, BOB, 1)),
                past(TODAY, award(ADA, BOB, 99)));
        assertEquals(
                List.of(new RuleLookback.Found(1, 1, 3), new RuleLookback.Found(2, 100, 1)),
                RuleLookback.found(rules, past));
    }

    @Test
    void aPercentIsToldWhenItIsReachedAndTheHighestOfSeveral() {
        var rules = rules(
                "{'id': 'month', 'of': 'giver', 'per': 'month', 'points': 250, 'then': 'refuse', 'alert_at': [80, 100]}");
        assertEquals(List.of(), told(rules, award(ADA, BOB, 199)));
        assertEquals(List.of("month: 80 % of 250, 200"), told(rules, award(ADA, BOB, 200)));
        assertEquals(List.of("month: 80 % of 250, 249"), told(rules, award(ADA, BOB, 249)));
        assertEquals(List.of("month: 100 % of 250, 250"), told(rules, award(ADA, BOB, 250)));
        assertEquals(List.of("month: 100 % of 250, 250"), told(rules, award(ADA, BOB, 200), award(ADA, EVE, 50)));
        assertEquals(
                List.of("month: 80 % of 250, 200", "month: 80 % of 250, 210"),
                told(rules, award(ADA, BOB, 200), award(EVE, BOB, 210)));
        assertEquals(List.of(), told(rules, delegation(ADA, BOB, 250)), "awards are counted alone");
    }

    @Test
    void whatOnlyTellsRefusesNothingAndTellsBeyond() {
        var rules = rules(
                "{'id': 'cap', 'of': 'receiver', 'per': 'month', 'points': 100, 'then': 'alert'}",
                "{'id': 'none', 'of': 'tenant', 'per': 'day', 'awards': 0, 'kinds': ['delegation'], 'then': 'alert'}");
        var judging = new Judging(rules, TODAY, Map.of());
        assertEquals("allowed", judge(judging, award(ADA, BOB, 1_000)));
        assertEquals(List.of(), told(rules, award(ADA, BOB, 100)));
        assertEquals(List.of("cap: beyond 100, 101"), told(rules, award(ADA, BOB, 101)));
        assertEquals(List.of("none: beyond 0, 1"), told(rules, delegation(ADA, BOB, 5)));
        var both = rules(
                "{'id': 'cap', 'of': 'receiver', 'per': 'month', 'points': 100, 'then': 'alert', 'alert_at': [100]}");
        assertEquals(List.of("cap: 100 % of 100, 100"), told(both, award(ADA, BOB, 100)));
        assertEquals(List.of("cap: beyond 100, 101"), told(both, award(ADA, BOB, 101)));
    }

    @Test
    void ofPointsAndAwardsTheOneToldIsThatOfWhichMoreIsUsed() {
        var rules = rules(
                "{'id': 'pair', 'of': 'pair', 'per': 'week', 'points': 100, 'awards': 2, 'then': 'refuse', 'alert_at': [50, 100]}");
        assertEquals(List.of("pair: 50 % of 2, 1"), told(rules, award(ADA, BOB, 10)));
        assertEquals(List.of("pair: 50 % of 100, 50"), told(rules, award(ADA, BOB, 50)));
        assertEquals(List.of("pair: 100 % of 100, 100"), told(rules, award(ADA, BOB, 100)));
        assertEquals(List.of("pair: 100 % of 2, 2"), told(rules, award(ADA, BOB, 1), award(ADA, BOB, 2)));
    }

    @Test
    void eachReceiverOfABatchIsToldOf() {
        var rules = rules(
                "{'id': 'cap', 'of': 'receiver', 'members': ['" + BOB + "', '" + EVE
                        + "'], 'per': 'year', 'points': 10, 'then': 'alert'}",
                "{'id': 'lead', 'of': 'giver', 'roles': ['lead'], 'per': 'year', 'points': 10, 'then': 'alert'}");
        var batch = batch(ADA, new Giving.Part(BOB, 11), new Giving.Part(EVE, 10), new Giving.Part(DAN, 12));
        assertEquals(List.of("cap: beyond 10, 11"), told(rules, batch));
        assertEquals(List.of("lead: beyond 10, 33"), told(rules, byLead(ADA, DAN, 33)));
    }

    @Test
    void theSameAgainWithinMinutesIsATwin() {
        var rules = rules("{'id': 'twice', 'of': 'twin', 'minutes': 10, 'then': 'refuse'}");
        var first = new UUID(0, 1);
        for (var ago : Map.of(Duration.ZERO, true, Duration.ofMinutes(10), true, Duration.ofMillis(600_001), false)
                .entrySet()) {
            var twins = Map.of(Twin.Key.of(award(ADA, BOB, 5)), new Twin(first, ago.getKey()));
            var judging = new Judging(rules, TODAY, Map.of(), twins);
            var verdict = judging.judge(award(ADA, BOB, 5).asked(new UUID(0, 2), false));
            assertEquals(ago.getValue(), verdict instanceof Refused, ago.toString());
            if (verdict instanceof Refused refused) {
                assertEquals(first, refused.excess().twin().id());
            }
            assertEquals(new Allowed(), judging.judge(award(ADA, BOB, 6).asked(new UUID(0, 3), false)));
            assertEquals(new Allowed(), judging.judge(award(ADA, EVE, 5).asked(new UUID(0, 4), false)));
            assertEquals(new Allowed(), judging.judge(award(EVE, BOB, 5).asked(new UUID(0, 5), false)));
            assertEquals(new Allowed(), judging.judge(delegation(ADA, BOB, 5).asked(new UUID(0, 6), false)));
            assertEquals(new Allowed(), judging.judge(award(ADA, BOB, 5).asked(new UUID(0, 7), true)), "is meant");
            assertEquals(new Allowed(), judging.judge(award(ADA, BOB, 5)), "in a batch");
        }
    }

    @Test
    void twinsOfOneMomentAreFoundToo() {
        var rules = rules("{'id': 'twice', 'of': 'twin', 'roles': ['manager'], 'minutes': 1, 'then': 'refuse'}");
        var judging = new Judging(rules, TODAY, Map.of());
        var first = new UUID(0, 1);
        assertEquals(new Allowed(), judging.judge(award(ADA, BOB, 5).asked(first, false)));
        var refused = (Refused) judging.judge(award(ADA, BOB, 5).asked(new UUID(0, 2), false));
        assertEquals(first, refused.excess().twin().id());
        assertEquals(new Allowed(), judging.judge(byLead(EVE, BOB, 5).asked(new UUID(0, 3), false)));
        assertEquals(new Allowed(), judging.judge(byLead(EVE, BOB, 5).asked(new UUID(0, 4), false)));
    }

    @Test
    void twinsCanNeedApprovalOrOnlyBeTold() {
        var rules = rules(
                "{'id': 'ask', 'of': 'twin', 'roles': ['lead'], 'minutes': 5, 'then': 'approve'}",
                "{'id': 'tell', 'of': 'twin', 'minutes': 60, 'then': 'alert'}");
        var judging = new Judging(rules, TODAY, Map.of());
        for (int i = 1; i <= 3; i++) {
            var giving = award(ADA, BOB, 5).asked(new UUID(0, i), false);
            assertEquals(new Allowed(), judging.judge(giving));
            judging.count(giving);
            assertEquals(i == 1 ? List.of() : List.of("tell: beyond 1, 2"), said(judging));
        }
        assertEquals(new Allowed(), judging.judge(byLead(EVE, BOB, 5).asked(new UUID(0, 4), false)));
        assertEquals(
                new NeedsApproval(rules.get(0), 1, 168),
                judging.judge(byLead(EVE, BOB, 5).asked(new UUID(0, 5), true)),
                "that it is meant decides nothing");
        assertEquals(
                Duration.ofMinutes(60),
                GivingRules.lookedForTwins(rules, award(ADA, BOB, 5).asked(new UUID(0, 6), false)));
        assertEquals(
                Duration.ZERO,
                GivingRules.lookedForTwins(rules, delegation(ADA, BOB, 5).asked(new UUID(0, 6), false)));
        assertEquals(Duration.ZERO, GivingRules.lookedForTwins(rules, award(ADA, BOB, 5)));
    }

    @Test
    void whatTheReceiverGaveTheGiverIsToldOf() {
        var rules = rules("{'id': 'back', 'of': 'mutual', 'per': 'month', 'points': 10, 'then': 'alert'}");
        assertEquals(Set.of(new Subject(BOB, ADA)), GivingRules.looked(rules, award(ADA, BOB, 1)));
        assertEquals(Set.of(), GivingRules.looked(rules, delegation(ADA, BOB, 1)));
        assertEquals(Set.of(), GivingRules.looked(rules(GIVER), award(ADA, BOB, 1)));
        assertEquals(List.of(), told(rules, award(BOB, ADA, 10), award(ADA, BOB, 1_000)));
        assertEquals(List.of("back: beyond 10, 11"), told(rules, award(BOB, ADA, 11), award(ADA, BOB, 1)));
        assertEquals(List.of(), told(rules, award(BOB, EVE, 11), award(EVE, ADA, 11), award(ADA, BOB, 11)), "a ring");
        var none =
                rules("{'id': 'back', 'of': 'mutual', 'per': 'month', 'points': 0, 'then': 'alert', 'alert_at': [50]}");
        assertEquals(List.of(), told(none, award(ADA, BOB, 5)), "nothing has come back");
    }

    @Test
    void whatOneMemberGaveBeforeTheWindowDoesNotCount() {
        var rules = rules("{'id': 'back', 'of': 'mutual', 'per': 'month', 'points': 10, 'then': 'alert'}");
        var before = Tally.nothing(TODAY).plus(GivingKind.AWARD, 11, 1);
        var judging = new Judging(rules, TODAY.plusDays(1), Map.of(new Subject(BOB, ADA), before));
        judging.count(award(ADA, BOB, 1));
        assertEquals(List.of(), said(judging));
    }

    @Test
    void thatMostGoesToOneIsToldFromSomeAwardsOn() {
        var rules = rules(
                "{'id': 'favourite', 'of': 'share', 'per': 'month', 'share_percent': 50, 'min_awards': 2, 'then': 'alert'}");
        assertEquals(List.of(), told(rules, award(ADA, BOB, 100)), "one award");
        assertEquals(List.of(), told(rules, award(ADA, EVE, 10), award(ADA, BOB, 5), award(ADA, BOB, 5)), "the half");
        assertEquals(
                List.of("favourite: beyond 50, 53"),
                told(rules, award(ADA, EVE, 10), award(ADA, BOB, 5), award(ADA, BOB, 6)));
        var five = rules("{'id': 'favourite', 'of': 'share', 'per': 'month', 'share_percent': 99, 'then': 'alert'}");
        var each = award(ADA, BOB, 1);
        assertEquals(List.of(), told(five, each, each, each, each));
        assertEquals(List.of("favourite: beyond 99, 100"), told(five, each, each, each, each, each));
    }

    @Test
    void howOftenTwinsWouldHaveBeenFoundIsShown() {
        var rules = rules(
                "{'id': 'twice', 'of': 'twin', 'minutes': 10, 'then': 'refuse'}",
                "{'id': 'tell', 'of': 'twin', 'minutes': 20, 'then': 'alert'}");
        var begin = Instant.parse("2026-11-30T10:00:00Z");
        var each = Stream.of(0, 5, 16, 40)
                .map(minute -> new RuleLookback.Past(
                        begin.plus(Duration.ofMinutes(minute)),
                        TODAY,
                        award(ADA, BOB, 7).asked(new UUID(0, minute), false)))
                .toList();
        assertEquals(
                List.of(new RuleLookback.Found(1, 7, 0), new RuleLookback.Found(2, 14, 1)),
                RuleLookback.found(rules, each));
    }

    private static RuleLookback.Past past(LocalDate day, Giving giving) {
        return new RuleLookback.Past(day.atStartOfDay().toInstant(ZoneOffset.UTC), day, giving);
    }

    /** What is told once all of it is given. */
    private static List<String> told(List<Rule> rules, Giving... givings) {
        var judging = new Judging(rules, TODAY, Map.of());
        for (var giving : givings) {
            judging.judge(giving);
            judging.count(giving);
        }
        return said(judging);
    }

    private static List<String> said(Judging judging) {
        return judging.reached().stream()
                .map(it -> it.rule().id() + ": "
                        + (it.percent() == Reached.BEYOND ? "beyond " : it.percent() + " % of ") + it.limit() + ", "
                        + it.used())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id': 'a', 'of': 'giver', 'points': 1, 'then': 'refuse'} | rules[0].per",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'then': 'refuse'} | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'points_above': 5, 'then': 'refuse'} | rules[0].points_above",
                "{'id': 'a', 'of': 'award', 'then': 'refuse'} | rules[0].points_above",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'per': 'day', 'then': 'refuse'} | rules[0].per",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'points': 1, 'then': 'refuse'} | rules[0].points",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'awards': 1, 'then': 'refuse'} | rules[0].awards",
                "{'id': 'a', 'of': 'receiver', 'roles': ['lead'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].roles",
                "{'id': 'a', 'of': 'tenant', 'roles': ['lead'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].roles",
                "{'id': 'a', 'of': 'tenant', 'members': ['00000000-0000-0000-0000-00000000000a'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].members",
                "{'id': 'a', 'of': 'giver', 'roles': ['lead'], 'members': ['00000000-0000-0000-0000-00000000000a'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].members",
                "{'id': 'a', 'of': 'department', 'roles': ['lead'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].roles",
                "{'id': 'a', 'of': 'department', 'members': ['00000000-0000-0000-0000-00000000000a'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].members",
                "{'id': 'a', 'of': 'department', 'awards': 1, 'then': 'refuse'} | rules[0].per",
                "{'id': 'a', 'of': 'giver', 'departments': ['00000000-0000-0000-0000-00000000000a'], 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].departments",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'refuse', 'levels': 2} | rules[0].levels",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'refuse', 'hours': 2} | rules[0].hours",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'alert'} | rules[0].then",
                "{'id': 'a', 'of': 'twin', 'then': 'refuse'} | rules[0].minutes",
                "{'id': 'a', 'of': 'twin', 'minutes': 1, 'per': 'day', 'then': 'refuse'} | rules[0].per",
                "{'id': 'a', 'of': 'twin', 'minutes': 1, 'points': 1, 'then': 'refuse'} | rules[0].points",
                "{'id': 'a', 'of': 'twin', 'minutes': 1, 'awards': 1, 'then': 'refuse'} | rules[0].awards",
                "{'id': 'a', 'of': 'twin', 'minutes': 1, 'points_above': 1, 'then': 'refuse'} | rules[0].points_above",
                "{'id': 'a', 'of': 'twin', 'minutes': 1, 'then': 'refuse', 'alert_at': [80]} | rules[0].alert_at",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'minutes': 1, 'then': 'refuse'} | rules[0].minutes",
                "{'id': 'a', 'of': 'mutual', 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].then",
                "{'id': 'a', 'of': 'mutual', 'awards': 1, 'then': 'alert'} | rules[0].per",
                "{'id': 'a', 'of': 'mutual', 'per': 'day', 'then': 'alert'} | rules[0].points",
                "{'id': 'a', 'of': 'share', 'share_percent': 50, 'then': 'alert'} | rules[0].per",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'then': 'alert'} | rules[0].share_percent",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 50, 'then': 'approve'} | rules[0].then",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 50, 'points': 1, 'then': 'alert'} | rules[0].points",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 50, 'awards': 1, 'then': 'alert'} | rules[0].awards",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 50, 'then': 'alert', 'alert_at': [5]} | rules[0].alert_at",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'share_percent': 50, 'then': 'refuse'} | rules[0].share_percent",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'min_awards': 5, 'then': 'refuse'} | rules[0].min_awards",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'refuse', 'alert_at': [80]} | rules[0].alert_at",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'then': 'alert', 'levels': 1} | rules[0].levels",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'then': 'refuse', 'alert_at': [80, 80]} | rules[0].alert_at",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 1, 'then': 'refuse', 'alert_at': [100, 80]} | rules[0].alert_at",
                "{'id': 'a', 'of': 'pair', 'roles': ['lead'], 'from': 'pool', 'per': 'day', 'points': 1, 'then': 'refuse'} | rules[0].from",
                "{'id': 'a', 'of': 'giver', 'from': 'pool', 'per': 'day', 'points': 1, 'then': 'refuse'} | rules[0].roles",
                "{'id': 'a', 'of': 'giver', 'roles': ['lead', 'manager'], 'from': 'pool', 'per': 'day', 'points': 1, 'then': 'refuse'} | rules[0].roles",
                "{'id': 'a', 'of': 'giver', 'roles': ['lead'], 'from': 'pool', 'per': 'day', 'awards': 1, 'then': 'refuse'} | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'roles': ['lead'], 'from': 'pool', 'kinds': ['award'], 'per': 'day', 'points': 1, 'then': 'refuse'} | rules[0].kinds",
                "{'id': 'a', 'of': 'giver', 'roles': ['lead'], 'from': 'pool', 'per': 'day', 'points': 1, 'then': 'approve'} | rules[0].then",
                "{'id': 'a', 'of': 'tenant', 'per': 'day', 'points': 0, 'then': 'refuse'} | rules[0].points",
                "{'id': 'a', 'of': 'pair', 'per': 'day', 'awards': 0, 'then': 'refuse'} | rules[0].awards",
                "{'id': 'a', 'of': 'award', 'points_above': 0, 'then': 'refuse'} | rules[0].points_above",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'refuse'}, {'id': 'a', 'of': 'award', 'points_above': 2, 'then': 'refuse'} | rules[1].id",
            })
    void whatDoesNotGoTogetherNamesItsField(String rules, String field) {
        assertEquals(List.of(field), List.copyOf(RuleFaults.of(rules(rules)).keySet()));
    }

    @Test
    void someMayBeLeftWithNothingToGive() {
        assertEquals(
                Map.of(),
                RuleFaults.of(rules(
                        "{'id': 'a', 'of': 'giver', 'roles': ['lead'], 'per': 'day', 'points': 0, 'then': 'refuse'}",
                        "{'id': 'b', 'of': 'giver', 'kinds': ['delegation'], 'per': 'day', 'points': 0, 'then': 'refuse'}",
                        "{'id': 'd', 'of': 'department', 'per': 'day', 'points': 0, 'then': 'refuse'}",
                        "{'id': 'c', 'of': 'award', 'points_above': 0, 'then': 'approve'}")));
    }

    @Test
    void theDomainsExamplesAreRules() {
        assertEquals(
                Map.of(),
                RuleFaults.of(
                        rules(
                                GIVER,
                                "{'id': 'large', 'of': 'award', 'points_above': 10000, 'then': 'refuse'}",
                                "{'id': 'favourite', 'of': 'pair', 'roles': ['manager'], 'per': 'month', 'awards': 5, 'then': 'refuse'}",
                                "{'id': 'cap', 'of': 'receiver', 'members': ['00000000-0000-0000-0000-00000000000a'], 'per': 'quarter', 'points': 20000, 'then': 'refuse'}",
                                "{'id': 'all', 'of': 'tenant', 'per': 'year', 'points': 1, 'awards': 1, 'then': 'refuse'}",
                                "{'id': 'mgr-month', 'of': 'giver', 'roles': ['manager'], 'kinds': ['award', 'delegation'], 'per': 'month', 'points': 50000, 'then': 'refuse', 'alert_at': [80, 100]}",
                                "{'id': 'mutual', 'of': 'mutual', 'per': 'month', 'points': 500, 'then': 'alert'}",
                                "{'id': 'twice', 'of': 'twin', 'minutes': 10, 'then': 'refuse'}",
                                "{'id': 'dept', 'of': 'department', 'per': 'month', 'points': 100000, 'then': 'refuse'}",
                                "{'id': 'peer', 'of': 'giver', 'roles': ['employee'], 'per': 'month', 'points': 100, 'from': 'department:00000000-0000-0000-0000-00000000000a', 'then': 'refuse'}")));
    }

    /** Against a counter that keeps everything that was given, and adds it up afresh each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsWhatANaiveCounterSays(long seed) {
        var random = new Random(seed);
        var words = List.of("day", "week", "month", "quarter", "year");
        var each = new ArrayList<String>();
        for (var of : List.of("giver", "receiver", "pair", "department", "tenant")) {
            each.add("{'id': '%s', 'of': '%s', 'per': '%s', 'points': %s, 'awards': %s, 'then': 'refuse'}"
                    .formatted(
                            of, of, words.get(random.nextInt(5)), 150 + random.nextInt(300), 15 + random.nextInt(60)));
        }
        var rules = rules(each.toArray(String[]::new));
        var people = List.of(ADA, BOB, EVE, DAN);
        var stored = new TreeMap<Subject, Tally>();
        var given = new ArrayList<RuleLookback.Past>();
        var day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
        int refusals = 0;
        for (int i = 0; i < 600; i++) {
            day = day.plusDays(random.nextInt(6) == 0 ? random.nextInt(12) : 0);
            var giver = people.get(random.nextInt(4));
            var to = people.get(random.nextInt(4));
            var department = random.nextInt(3) == 0 ? null : new UUID(7, random.nextInt(2));
            var one = (random.nextInt(8) == 0
                            ? batch(giver, part(BOB, 1 + random.nextInt(9)), part(EVE, 1 + random.nextInt(9)))
                            : award(giver, to, 1 + random.nextInt(12)))
                    .outOf(department);
            var judging = new Judging(rules, day, stored);
            var verdict = judging.judge(one);
            assertEquals(naive(rules, day, given, one), verdict instanceof Allowed, () -> "after " + given.size());
            if (verdict instanceof Allowed) {
                judging.count(one);
                stored.putAll(judging.changed());
                given.add(past(day, one));
            } else {
                refusals++;
            }
            if (!given.isEmpty() && random.nextInt(10) == 0) {
                var undone = given.remove(random.nextInt(given.size()));
                GivingRules.shares(GivingRules.subjects(rules, undone.giving()), undone.giving())
                        .forEach((subject, share) -> stored.computeIfPresent(
                                subject,
                                (it, tally) ->
                                        tally.minus(undone.day(), GivingKind.AWARD, share.points(), share.awards())));
            }
        }
        assertEquals(true, refusals > 10 && given.size() > 10, refusals + " refusals, " + given.size() + " given");
    }

    private static boolean naive(List<Rule> rules, LocalDate day, List<RuleLookback.Past> given, Giving asked) {
        for (var rule : rules) {
            if (rule.of() == Rule.Of.DEPARTMENT && asked.departmentId() == null) {
                continue;
            }
            var sums = new HashMap<String, long[]>();
            var all = new ArrayList<>(given);
            all.add(past(day, asked));
            for (var past : all) {
                if (rule.per().since(past.day()).equals(rule.per().since(day))) {
                    for (var part : past.giving().parts()) {
                        var name =
                                switch (rule.of()) {
                                    case GIVER -> past.giving().giver().toString();
                                    case RECEIVER -> part.receiver().toString();
                                    case PAIR -> past.giving().giver() + " " + part.receiver();
                                    case DEPARTMENT ->
                                        String.valueOf(past.giving().departmentId());
                                    case TENANT, AWARD, TWIN, MUTUAL, SHARE -> "";
                                };
                        var sum = sums.computeIfAbsent(name, it -> new long[2]);
                        sum[0] += part.points();
                        sum[1]++;
                    }
                }
            }
            for (var part : asked.parts()) {
                var name =
                        switch (rule.of()) {
                            case GIVER -> asked.giver().toString();
                            case RECEIVER -> part.receiver().toString();
                            case PAIR -> asked.giver() + " " + part.receiver();
                            case DEPARTMENT -> String.valueOf(asked.departmentId());
                            case TENANT, AWARD, TWIN, MUTUAL, SHARE -> "";
                        };
                if (sums.get(name)[0] > rule.points() || sums.get(name)[1] > rule.awards()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Giving.Part part(UUID receiver, long points) {
        return new Giving.Part(receiver, points);
    }

    private static Known nothing() {
        return subject -> Tally.nothing(TODAY);
    }

    private static List<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::id).toList();
    }

    private static String judge(Judging judging, Giving giving) {
        var verdict = judging.judge(giving);
        if (verdict instanceof Refused refused) {
            var excess = refused.excess();
            var asked = excess.inPoints()
                    ? giving.parts().stream()
                            .mapToLong(Giving.Part::points)
                            .filter(points -> points > excess.left())
                            .max()
                            .orElse(giving.points())
                    : giving.parts().size();
            return excess.rule().id() + ": " + asked + " of " + excess.left() + " left";
        }
        return verdict instanceof NeedsApproval approval
                ? approval.rule().id() + ": by " + approval.levels()
                : "allowed";
    }
}
