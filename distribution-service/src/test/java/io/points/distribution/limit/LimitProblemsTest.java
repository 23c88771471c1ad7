package io.points.distribution.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.rule.Judging;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Twin;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.Refused;
import io.points.platform.web.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a rule refuses, it is said by which rule, what is left of it, and when it counts from 0 again. */
class LimitProblemsTest {

    private static final UUID TENANT = new UUID(0, 1);
    private static final UUID ADA = new UUID(0, 10);
    private static final UUID BOB = new UUID(0, 11);
    private static final UUID SALES = new UUID(0, 12);
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.250Z");
    private static final ObjectMapper JSON =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    /**
     * A refusal, in full.
     *
     * @param rule as in a request, with single quotes
     * @param by as whom it is given
     * @param before what was given before, by the same one to the same other
     */
    record Case(
            String rule, MemberRole by, List<Long> before, long points, String detail, Map<String, Object> members) {
        @Override
        public String toString() {
            return rule + " by " + by;
        }
    }

    static Stream<Case> refusals() {
        return Stream.of(
                new Case(
                        "{'id': 'large', 'of': 'award', 'points_above': 250, 'then': 'refuse'}",
                        MemberRole.LEAD,
                        List.of(),
                        251,
                        "Rule large allows at most 250 points at once. No points were moved.",
                        Map.of("rule", "large", "counts", "points", "limit", 250L)),
                new Case(
                        "{'id': 'month', 'of': 'giver', 'per': 'month', 'points': 100, 'then': 'refuse'}",
                        MemberRole.LEAD,
                        List.of(60L),
                        41,
                        "Rule month allows 100 points in 2026-11, of which 40 are left; it counts from 0 again on 2026-12-01."
                                + " No points were moved.",
                        window("month", "points", 100, 60, 40, "2026-11", "2026-12-01")),
                new Case(
                        "{'id': 'peers', 'of': 'giver', 'roles': ['employee'], 'from': 'pool', 'per': 'week', 'points': 50, 'then': 'refuse'}",
                        MemberRole.EMPLOYEE,
                        List.of(50L),
                        1,
                        "Rule peers allows 50 points in 2026-W48, of which 0 are left; it counts from 0 again on 2026-11-30."
                                + " No points were moved.",
                        window("peers", "points", 50, 50, 0, "2026-W48", "2026-11-30")),
                new Case(
                        "{'id': 'three', 'of': 'giver', 'per': 'day', 'awards': 3, 'then': 'refuse'}",
                        MemberRole.MANAGER,
                        List.of(1L, 2L, 3L),
                        1,
                        "Rule three allows 3 awards in 2026-11-23, of which 0 are left; it counts from 0 again on 2026-11-24."
                                + " No points were moved.",
                        window("three", "awards", 3, 3, 0, "2026-11-23", "2026-11-24")),
                new Case(
                        "{'id': 'all', 'of': 'tenant', 'per': 'year', 'points': 10, 'then': 'refuse'}",
                        MemberRole.MANAGER,
                        List.of(),
                        11,
                        "Rule all allows 10 points in 2026, of which 10 are left; it counts from 0 again on 2027-01-01."
                                + " No points were moved.",
                        window("all", "points", 10, 0, 10, "2026", "2027-01-01")),
                new Case(
                        "{'id': 'each', 'of': 'department', 'per': 'month', 'points': 100, 'then': 'refuse'}",
                        MemberRole.MANAGER,
                        List.of(60L),
                        41,
                        "Rule each allows 100 points out of one department in 2026-11, of which 40 are left;"
                                + " it counts from 0 again on 2026-12-01. No points were moved.",
                        window("each", "points", 100, 60, 40, "2026-11", "2026-12-01")),
                new Case(
                        "{'id': 'favourite', 'of': 'pair', 'per': 'month', 'awards': 2, 'then': 'refuse'}",
                        MemberRole.LEAD,
                        List.of(5L, 6L),
                        7,
                        "Rule favourite allows 2 awards by one member to one other in 2026-11, of which 0 are left;"
                                + " it counts from 0 again on 2026-12-01. No points were moved.",
                        with(window("favourite", "awards", 2, 2, 0, "2026-11", "2026-12-01"), "to_user_id", BOB)),
                new Case(
                        "{'id': 'cap', 'of': 'receiver', 'per': 'quarter', 'points': 300, 'then': 'refuse'}",
                        MemberRole.MANAGER,
                        List.of(290L),
                        11,
                        "Rule cap allows 300 points to one receiver in 2026-Q4, of which 10 are left;"
                                + " it counts from 0 again on 2027-01-01. No points were moved.",
                        with(window("cap", "points", 300, 290, 10, "2026-Q4", "2027-01-01"), "to_user_id", BOB)),
                new Case(
                        "{'id': 'cap', 'of': 'receiver', 'per': 'quarter', 'points': 300, 'then': 'refuse'}",
                        MemberRole.LEAD,
                        List.of(290L),
                        11,
                        "Rule cap allows 300 points to one receiver in 2026-Q4, and this would be more;"
                                + " it counts from 0 again on 2027-01-01. No points were moved.",
                        Map.of(
                                "rule",
                                "cap",
                                "counts",
                                "points",
                                "limit",
                                300L,
                                "to_user_id",
                                BOB,
                                "window",
                                "2026-Q4",
                                "resets_on",
                                LocalDate.parse("2027-01-01"))));
    }

    private static Map<String, Object> window(
            String rule, String counts, long limit, long used, long left, String window, String resetsOn) {
        return Map.of(
                "rule",
                rule,
                "counts",
                counts,
                "limit",
                limit,
                "used",
                used,
                "left",
                left,
                "window",
                window,
                "resets_on",
                LocalDate.parse(resetsOn));
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        return Stream.concat(members.entrySet().stream(), Stream.of(Map.entry(name, value)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void itSaysWhichRuleWhatIsLeftAndWhenItResets(Case each) {
        var problem = refusal(each);
        assertEquals("urn:points:problem:limit-exceeded", problem.type());
        assertEquals(409, problem.status());
        assertEquals(each.detail(), problem.detail());
        assertEquals(each.members(), problem.extensions());
    }

    /** The same again. */
    @Test
    void aTwinSaysWhatItIsATwinOfAndWhenItIsNoneAnyMore() {
        var rules = rules("{'id': 'twice', 'of': 'twin', 'minutes': 10, 'then': 'refuse'}");
        var asked = award(MemberRole.MANAGER, 5).asked(new UUID(0, 21), false);
        var first = new Twin(new UUID(0, 20), Duration.ofMinutes(4));
        var verdict = (Refused) new Judging(rules, DAY, Map.of(), Map.of(Twin.Key.of(asked), first)).judge(asked);
        var problem = LimitProblems.exceeded(verdict.excess(), MemberRole.MANAGER, DAY, NOW);
        assertEquals("urn:points:problem:duplicate-award", problem.type());
        assertEquals(
                "The same amount went to the same receiver within 10 minutes, which rule twice refuses until 2026-11-23T10:06:01Z."
                        + " No points were moved. Send it with \"again\": true if it is meant.",
                problem.detail());
        assertEquals(
                Map.of("rule", "twice", "duplicate_of", first.id(), "resets_at", Instant.parse("2026-11-23T10:06:01Z")),
                problem.extensions());
    }

    @Test
    void whereTooMuchWaitsItIsSaidByWhichRuleItWouldAndHowMuchCan() {
        var verdict = (NeedsApproval) new Judging(
                        rules("{'id': 'large', 'of': 'award', 'points_above': 1, 'then': 'approve'}"), DAY, Map.of())
                .judge(award(MemberRole.MANAGER, 5));
        var problem = LimitProblems.tooManyHeld(verdict.rule());
        assertEquals("urn:points:problem:too-many-held", problem.type());
        assertEquals(
                "By rule large others have to approve it, but 1000 distributions of the company wait for that already,"
                        + " which is the most; more can wait as soon as one of them is decided. No points were moved.",
                problem.detail());
        assertEquals(Map.of("rule", "large", "limit", 1_000), problem.extensions());
    }

    @Test
    void ofADepartmentThatHasBeenClosedItIsSaidWhichRuleGivesOutOfIt() {
        var rule = rules("{'id': 'sales', 'of': 'giver', 'roles': ['employee'], 'from': 'department:" + SALES
                        + "', 'per': 'month', 'points': 5, 'then': 'refuse'}")
                .get(0);
        var problem = LimitProblems.allowanceOfClosedDepartment(rule);
        assertEquals("urn:points:problem:department-closed", problem.type());
        assertEquals(409, problem.status());
        assertEquals(
                "By rule sales it would come out of a department that is closed. No points were moved.",
                problem.detail());
        assertEquals(Map.of("rule", "sales"), problem.extensions());
    }

    /** Whatever kind of rule can refuse is one of those above. */
    @Test
    void noKindOfRuleIsLeftOut() {
        var tested = refusals()
                .map(each -> rules(each.rule()).get(0).of())
                .collect(Collectors.toCollection(() -> EnumSet.of(Rule.Of.TWIN)));
        assertEquals(
                EnumSet.allOf(Rule.Of.class).stream().filter(Rule.Of::canRefuse).collect(Collectors.toSet()), tested);
    }

    private static Problem refusal(Case each) {
        var judging = new Judging(rules(each.rule()), DAY, Map.of());
        each.before().forEach(points -> judging.judge(award(each.by(), points)));
        var verdict = (Refused) judging.judge(award(each.by(), each.points()));
        return LimitProblems.exceeded(verdict.excess(), each.by(), judging.day(), NOW);
    }

    private static Giving award(MemberRole by, long points) {
        var source = by == MemberRole.LEAD ? PointsSource.BUDGET : PointsSource.POOL;
        return Giving.of(TENANT, ADA, by, source, GivingKind.AWARD, BOB, points)
                .outOf(by == MemberRole.MANAGER ? SALES : null);
    }

    private static List<Rule> rules(String rule) {
        try {
            return List.of(JSON.readValue(rule.replace('\'', '"'), Rule.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }
}
