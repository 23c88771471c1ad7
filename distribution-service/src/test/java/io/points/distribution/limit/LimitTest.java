package io.points.distribution.limit;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.GivingRule;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Metrics;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DistributionServiceTest
class LimitTest {

    private static final String MONTH =
            "{'id': 'month', 'of': 'giver', 'per': 'month', 'points': 100, 'then': 'refuse'}";

    @Test
    void aLimitCanBeMetAndNotPassed() {
        try (var given = Given.tenant()) {
            rules(given, MONTH);
            award(given.asManager(), given.employee, 60).statusCode(202);
            double refused = refusals("giver");
            award(given.asManager(), given.employee, 41)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:limit-exceeded"))
                    .body("rule", equalTo("month"))
                    .body("counts", equalTo("points"))
                    .body("limit", equalTo(100))
                    .body("used", equalTo(60))
                    .body("left", equalTo(40))
                    .body(
                            "window",
                            equalTo(LocalDate.now(ZoneId.of("UTC")).toString().substring(0, 7)))
                    .body(
                            "resets_on",
                            equalTo(LocalDate.now(ZoneId.of("UTC"))
                                    .withDayOfMonth(1)
                                    .plusMonths(1)
                                    .toString()));
            assertEquals(refused + 1, refusals("giver"));
            left(given, 40);
            award(given.asManager(), given.employee, 40).statusCode(202);
            award(given.asManager(), given.employee, 1).statusCode(409).body("left", equalTo(0));
            award(given.as(UUID.randomUUID(), "manager"), given.employee, 100).statusCode(202);
            assertEquals(List.of("3"), column(given, "select count(*) from distributions where tenant_id = '%s'"));
        }
    }

    private static double refusals(String of) {
        return Metrics.sum("points_limit_refusals_total", Map.of("of", of)).orElseThrow();
    }

    @Test
    void whoeverHasNoRulesCostsNothing() {
        try (var given = Given.tenant()) {
            given.requestAward(5);
            rules(given, "{'id': 'large', 'of': 'award', 'points_above': 10, 'then': 'refuse'}");
            award(given.asManager(), given.employee, 10).statusCode(202);
            award(given.asManager(), given.employee, 11)
                    .statusCode(409)
                    .body("rule", equalTo("large"))
                    .body("limit", equalTo(10))
                    .body("used", nullValue())
                    .body("resets_on", nullValue());
            rules(given);
            award(given.asManager(), given.employee, 11).statusCode(202);
            assertEquals(List.of("0"), column(given, "select count(*) from given where tenant_id = '%s'"));
            assertEquals(
                    List.of("null", "1", "null"),
                    column(
                            given,
                            "select coalesce(policy_revision::text, 'null') from distributions where tenant_id = '%s' and counted_on is null order by id"));
            given.asManager()
                    .get("/api/policy/limits/me")
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
    }

    @Test
    void aRepeatIsNotCountedAgainAndARefusalSticks() {
        try (var given = Given.tenant()) {
            rules(given, MONTH);
            String first = award(given.asManager().header("Idempotency-Key", "a"), given.employee, 100)
                    .statusCode(202)
                    .extract()
                    .path("distribution_id");
            award(given.asManager().header("Idempotency-Key", "a"), given.employee, 100)
                    .statusCode(202)
                    .body("distribution_id", equalTo(first));
            award(given.asManager().header("Idempotency-Key", "b"), given.employee, 1)
                    .statusCode(409);
            left(given, 0);
            given.poolRefuses(UUID.fromString(first), 100);
            given.awaitState(UUID.fromString(first), "REJECTED");
            awaitLeft(given, 100);
            award(given.asManager().header("Idempotency-Key", "b"), given.employee, 1)
                    .statusCode(409)
                    .body("used", equalTo(100));
            left(given, 100);
        }
    }

    @Test
    void manyAtOnceUnderOneKeyAreCountedOnce() {
        try (var given = Given.tenant()) {
            rules(given, MONTH);
            var statuses =
                    sideBySide(20, i -> award(given.asManager().header("Idempotency-Key", "same"), given.employee, 60)
                            .extract()
                            .statusCode());
            assertEquals(List.of(202), statuses.stream().distinct().toList());
            left(given, 40);
        }
    }

    @Test
    void whatDidNotHappenOrWasTakenBackFreesItsShare() {
        try (var given = Given.tenant()) {
            rules(given, MONTH, "{'id': 'pair', 'of': 'pair', 'per': 'day', 'points': 100, 'then': 'refuse'}");
            var refused = given.requestAward(40);
            given.poolRefuses(refused, 40);
            awaitLeft(given, 100);

            var cancelled = given.requestAward(100);
            given.timePasses(cancelled);
            given.awaitState(cancelled, "CANCELLING");
            left(given, 0);
            given.poolCancels(cancelled, 100);
            awaitLeft(given, 100);

            var compensated = given.requestAward(100);
            given.member(given.employee, "employee", false);
            given.poolDebits(compensated, DistributionKind.AWARD, 100);
            given.awaitState(compensated, "COMPENSATING");
            given.poolRefunds(compensated, 100);
            given.awaitState(compensated, "COMPENSATED");
            given.member(given.employee, "employee", true);
            awaitLeft(given, 100);

            var reversed = given.requestAward(100);
            given.poolDebits(reversed, DistributionKind.AWARD, 100);
            given.awaitState(reversed, "COMPLETED");
            left(given, 0);
            reverse(given, reversed);
            awaitLeft(given, 100);
            award(given.asManager(), given.employee, 101).statusCode(409);
            award(given.asManager(), given.employee, 100).statusCode(202);
        }
    }

    @Test
    void aLoweredRuleLeavesNothingAndUndoesNothing() {
        try (var given = Given.tenant()) {
            rules(given, MONTH);
            var award = given.requestAward(80);
            rules(given, MONTH.replace("100", "50"));
            left(given, 0);
            award(given.asManager(), given.employee, 1)
                    .statusCode(409)
                    .body("limit", equalTo(50))
                    .body("used", equalTo(80));
            given.poolDebits(award, DistributionKind.AWARD, 80);
            given.awaitState(award, "COMPLETED");
        }
    }

    @Test
    void aMembersOwnRuleStandsInPlaceOfTheRoles() {
        try (var given = Given.tenant()) {
            rules(
                    given,
                    "{'id': 'managers', 'of': 'giver', 'roles': ['manager'], 'per': 'month', 'points': 10, 'then': 'refuse'}",
                    "{'id': 'boss', 'of': 'giver', 'members': ['" + given.manager
                            + "'], 'per': 'month', 'points': 20, 'then': 'refuse'}");
            award(given.asManager(), given.employee, 20).statusCode(202);
            award(given.asManager(), given.employee, 1).statusCode(409).body("rule", equalTo("boss"));
            award(given.as(UUID.randomUUID(), "manager"), given.employee, 11)
                    .statusCode(409)
                    .body("rule", equalTo("managers"));
            given.asManager()
                    .get("/api/policy/limits/" + given.lead)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
            given.asManager()
                    .get("/api/policy/limits/" + UUID.randomUUID())
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void whatSomebodyElseGotIsToldToManagersAlone() {
        try (var given = Given.tenant()) {
            rules(given, "{'id': 'cap', 'of': 'receiver', 'per': 'quarter', 'points': 50, 'then': 'refuse'}");
            award(given.as(UUID.randomUUID(), "manager"), given.employee, 50).statusCode(202);
            award(given.asManager(), given.employee, 1)
                    .statusCode(409)
                    .body("rule", equalTo("cap"))
                    .body("limit", equalTo(50))
                    .body("used", equalTo(50))
                    .body("left", equalTo(0));
            given.budget(10);
            award(given.asLead(), given.employee, 1)
                    .statusCode(409)
                    .body("rule", equalTo("cap"))
                    .body("limit", equalTo(50))
                    .body("used", nullValue())
                    .body("left", nullValue());
            given.asManager()
                    .get("/api/policy/limits/me")
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
    }

    @Test
    void anAwardFromABudgetIsJudgedAlike() {
        try (var given = Given.tenant()) {
            rules(
                    given,
                    "{'id': 'leads', 'of': 'giver', 'roles': ['lead'], 'per': 'month', 'awards': 2, 'then': 'refuse'}");
            given.budget(100);
            award(given.asLead(), given.employee, 101)
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_BUDGET_BALANCE"));
            award(given.asLead().header("Idempotency-Key", "k"), given.employee, 1)
                    .statusCode(201);
            award(given.asLead().header("Idempotency-Key", "k"), given.employee, 1)
                    .statusCode(201);
            String second = award(given.asLead(), given.employee, 1)
                    .statusCode(201)
                    .extract()
                    .path("distribution_id");
            award(given.asLead(), given.employee, 1)
                    .statusCode(409)
                    .body("rule", equalTo("leads"))
                    .body("counts", equalTo("awards"))
                    .body("used", equalTo(2));
            reverse(given, UUID.fromString(second));
            Awaitility.await().untilAsserted(() -> given.asManager()
                    .get("/api/policy/limits/" + given.lead)
                    .then()
                    .body("items.used", contains(1)));
            award(given.asLead(), given.employee, 1).statusCode(201);
        }
    }

    @Test
    void delegationsCountWhereARuleNamesThem() {
        try (var given = Given.tenant()) {
            rules(
                    given,
                    "{'id': 'both', 'of': 'giver', 'kinds': ['award', 'delegation'], 'per': 'month', 'points': 100, 'then': 'refuse'}",
                    MONTH.replace("100", "10"));
            given.requestDelegation(90);
            given.asManager()
                    .header("Prefer", "respond-async")
                    .body(Given.award(given.lead, 11))
                    .post("/api/allocations/distribute-to-lead")
                    .then()
                    .statusCode(409)
                    .body("rule", equalTo("both"));
            award(given.asManager(), given.employee, 10).statusCode(202);
        }
    }

    @Test
    void aBatchThatIsAllOrNothingIsOneAward() {
        try (var given = Given.tenant()) {
            rules(given, MONTH, "{'id': 'cap', 'of': 'receiver', 'per': 'day', 'points': 60, 'then': 'refuse'}");
            var other = given.newEmployee();
            batch(given, "all_or_nothing", Map.of(given.employee, 61L))
                    .statusCode(409)
                    .body("rule", equalTo("cap"));
            batch(given, "all_or_nothing", Map.of(given.employee, 50L, other, 51L))
                    .statusCode(409)
                    .body("rule", equalTo("month"));
            check(given, "all_or_nothing", Map.of(given.employee, 50L, other, 51L))
                    .body("rule", equalTo("month"))
                    .body("would_complete", equalTo(false));
            check(given, "all_or_nothing", Map.of(given.employee, 50L, other, 50L))
                    .body("rule", nullValue());
            left(given, 100);
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 50L, other, 50L));
            left(given, 0);
            given.awaitCommand(DebitPool.class, batch);
            given.poolRefuses(batch, 100);
            given.awaitBatch(batch, "REFUSED");
            awaitLeft(given, 100);
            var again = given.requestBatch("all_or_nothing", Map.of(given.employee, 50L, other, 50L));
            given.poolDebitsBatch(again, 100);
            given.awaitBatch(again, "COMPLETED");
            award(given.asManager(), other, 1).statusCode(409);
            String one = column(
                            given,
                            "select id from distributions where tenant_id = '%s' and to_user_id = '" + other
                                    + "' and state = 'COMPLETED'")
                    .get(0);
            reverse(given, UUID.fromString(one));
            awaitLeft(given, 50);
            award(given.asManager(), other, 50).statusCode(202);
        }
    }

    @Test
    void ofABatchWhoseAwardsGoTheirOwnWayThoseBeyondAreRefused() {
        try (var given = Given.tenant()) {
            rules(given, MONTH);
            var amounts = new LinkedHashMap<UUID, Long>();
            amounts.put(given.employee, 60L);
            amounts.put(given.newEmployee(), 41L);
            amounts.put(given.newEmployee(), 40L);
            check(given, "each", amounts)
                    .body("rule", equalTo("month"))
                    .body("refused.line", contains(2))
                    .body("refused.reason", contains("LIMIT_EXCEEDED"))
                    .body("would_complete", equalTo(false));
            var batch = given.requestBatch("each", amounts);
            Given.awaitBegun(batch);
            given.asManager()
                    .get("/api/allocations/award-points/batch/" + batch + "/receivers?state=refused")
                    .then()
                    .statusCode(200)
                    .body("items.line", contains(2))
                    .body("items.reason", contains("LIMIT_EXCEEDED"))
                    .body("items.rule", contains("month"));
            left(given, 0);
        }
    }

    @Test
    void ofManyAtOnceAsManyPassAsTheLimitSays() {
        try (var given = Given.tenant()) {
            rules(given, "{'id': 'ten', 'of': 'giver', 'per': 'month', 'awards': 10, 'then': 'refuse'}");
            // Whoever is told to try again does, under the same key.
            var statuses = sideBySide(
                    200,
                    i -> untilTaken(
                            () -> award(given.asManager().header("Idempotency-Key", "k" + i), given.employee, 1)));
            assertEquals(10, statuses.stream().filter(status -> status == 202).count(), statuses::toString);
            assertEquals(190, statuses.stream().filter(status -> status == 409).count(), statuses::toString);
        }
    }

    @Test
    void ofManyAtOnceFromABudgetAsManyPassAsTheLimitSays() {
        try (var given = Given.tenant()) {
            rules(given, "{'id': 'five', 'of': 'giver', 'per': 'month', 'awards': 5, 'then': 'refuse'}");
            given.budget(100);
            var statuses = sideBySide(
                    20,
                    i -> untilTaken(() -> award(given.asLead().header("Idempotency-Key", "k" + i), given.employee, 1)));
            // 202: it has happened, but a slow machine has not shown it in time.
            assertEquals(5, statuses.stream().filter(status -> status != 409).count(), statuses::toString);
            assertEquals(15, statuses.stream().filter(status -> status == 409).count(), statuses::toString);
        }
    }

    /** Each locks what the others do, in whatever order it is asked for: what was given, keys, members, wallets. */
    @Test
    void whoeverGivesInWhateverWayWaitsForNobodyInACircle() {
        try (var given = Given.tenant()) {
            var others =
                    IntStream.range(0, 5).mapToObj(i -> given.newEmployee()).toList();
            rules(
                    given,
                    "{'id': 'r', 'of': 'receiver', 'per': 'day', 'points': 1000000, 'then': 'refuse'}",
                    "{'id': 'p', 'of': 'pair', 'per': 'day', 'points': 1000000, 'then': 'refuse'}",
                    "{'id': 't', 'of': 'tenant', 'kinds': ['award', 'delegation'], 'per': 'day', 'points': 1000000, 'then': 'refuse'}");
            given.budget(1_000);
            var before = Rivals.deadlocks();
            sideBySide(16, i -> {
                var turned = new ArrayList<>(others);
                Collections.rotate(turned, i);
                var amounts = new LinkedHashMap<UUID, Long>();
                turned.forEach(to -> amounts.put(to, 1L));
                return switch (i % 4) {
                    case 0 -> untilTaken(() -> batch(given, "all_or_nothing", amounts));
                    case 1 -> untilTaken(() -> batch(given, "each", amounts));
                    case 2 -> untilTaken(() -> award(given.asLead(), turned.get(0), 1));
                    default -> {
                        var award = given.as(UUID.randomUUID(), "manager");
                        yield untilTaken(() -> award(award, turned.get(0), 1));
                    }
                };
            });
            column(
                            given,
                            "select id from distributions where tenant_id = '%s' and kind = 'award' and state = 'REQUESTED' limit 3")
                    .forEach(award -> given.poolRefuses(UUID.fromString(award), 1));
            Given.awaitAllBegun();
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            sumOfCounted(given),
                            column(
                                    given,
                                    "select (points[1] + points[2])::text from given where tenant_id = '%s'"
                                            + " and giver_id = '00000000-0000-0000-0000-000000000000'"
                                            + " and receiver_id = '00000000-0000-0000-0000-000000000000'")));
            assertEquals(before, Rivals.deadlocks());
        }
    }

    private static List<String> sumOfCounted(Given given) {
        return column(
                given,
                "select sum(amount)::text from distributions where tenant_id = '%s' and debit_id is null and counted_on is not null"
                        + " and state in ('REQUESTED', 'COMPLETED')");
    }

    @Test
    void windowsAreThoseOfTheTenantsZone() {
        try (var given = Given.tenant()) {
            // Whenever this runs, it is another day in one of them than in UTC.
            var zone = LocalTime.now(ZoneOffset.UTC).getHour() >= 11 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
            given.kafka.send(new TenantSettingsChanged(given.tenant, 1, zone, null));
            rules(given, MONTH.replace("month", "day"));
            Awaitility.await().until(() -> column(given, "select time_zone from policies where tenant_id = '%s'")
                    .equals(List.of(zone)));
            given.requestAward(5);
            var today = LocalDate.now(ZoneId.of(zone));
            given.asManager()
                    .get("/api/policy/limits/me")
                    .then()
                    .body("items.window", contains(today.toString()))
                    .body("items.resets_on", contains(today.plusDays(1).toString()))
                    .body("items.used", contains(5));
            assertEquals(
                    List.of(today.toString()),
                    column(given, "select counted_on::text from distributions where tenant_id = '%s'"));
        }
    }

    /** However many ask at once, and whatever is freed and given again. */
    @Test
    void whatIsReachedIsToldOnce() {
        try (var given = Given.tenant()) {
            rules(
                    given,
                    "{'id': 'month', 'of': 'giver', 'per': 'month', 'awards': 10, 'then': 'refuse', 'alert_at': [80, 100]}",
                    "{'id': 'cap', 'of': 'receiver', 'per': 'day', 'points': 100, 'then': 'alert'}");
            var taken = sideBySide(9, i -> untilTaken(() -> award(given.asManager(), given.employee, 10)));
            assertEquals(Collections.nCopies(9, 202), taken);
            String tenth = award(given.asManager(), given.employee, 10)
                    .statusCode(202)
                    .extract()
                    .path("distribution_id");
            given.poolRefuses(UUID.fromString(tenth), 0);
            given.awaitState(UUID.fromString(tenth), "REJECTED");
            awaitLeft(given, 1);
            award(given.asManager(), given.employee, 11).statusCode(202);
            award(given.asManager(), given.employee, 1).statusCode(409);
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of("month 80", "month 100", "cap null"),
                            given.kafka.messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant).stream()
                                    .map(it -> it.rule() + " " + it.percent())
                                    .toList()));
            var cap = given.kafka
                    .messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant)
                    .get(2);
            assertEquals(101, cap.used());
            assertEquals(100, cap.limit());
            assertEquals("points", cap.counts());
            assertEquals(given.employee, cap.receiverId());
            assertEquals(null, cap.giverId());
            assertEquals(LocalDate.now(ZoneOffset.UTC).toString(), cap.window());
            assertEquals(
                    LocalDate.now(ZoneOffset.UTC).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), cap.resetsAt());
        }
    }

    @Test
    void anAwardFromABudgetAndABatchTellToo() {
        try (var given = Given.tenant()) {
            given.budget(100);
            rules(
                    given,
                    "{'id': 'lead', 'of': 'giver', 'roles': ['lead'], 'per': 'month', 'points': 10, 'then': 'alert'}",
                    "{'id': 'manager', 'of': 'giver', 'roles': ['manager'], 'per': 'month', 'points': 10, 'then': 'alert', 'alert_at': [100]}");
            award(given.asLead(), given.employee, 11).statusCode(201);
            batch(given, "all_or_nothing", Map.of(given.employee, 10L)).statusCode(202);
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of("lead null 11", "manager 100 10"),
                            given.kafka.messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant).stream()
                                    .map(it -> it.rule() + " " + it.percent() + " " + it.used())
                                    .toList()));
            batch(given, "each", Map.of(given.employee, 1L)).statusCode(202);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertEquals(
                                    List.of("101"),
                                    column(
                                            given,
                                            "select max(percent) from limit_alert_log where tenant_id = '%s' and rule = 'manager'")));
        }
    }

    /** Of two at once the second finds the first; what came to nothing is no twin; a repeat of a key is none. */
    @Test
    void theSameTwiceIsRefusedUnlessItIsMeant() {
        try (var given = Given.tenant()) {
            rules(given, "{'id': 'twice', 'of': 'twin', 'minutes': 10, 'then': 'refuse'}");
            var answers = sideBySide(4, i -> untilTaken(() -> award(given.asManager(), given.employee, 7)));
            assertEquals(1, answers.stream().filter(status -> status == 202).count(), answers::toString);
            assertEquals(3, answers.stream().filter(status -> status == 409).count(), answers::toString);
            var first = column(given, "select id::text from distributions where tenant_id = '%s'")
                    .get(0);
            award(given.asManager(), given.employee, 7)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:duplicate-award"))
                    .body("rule", equalTo("twice"))
                    .body("duplicate_of", equalTo(first));
            award(given.asManager(), given.employee, 8).statusCode(202);
            award(given.as(UUID.randomUUID(), "manager"), given.employee, 7).statusCode(202);
            var meant = Given.award(given.employee, 7).replace("}", ", \"again\": true}");
            String again = given.asManager()
                    .header("Prefer", "respond-async")
                    .header("Idempotency-Key", "again")
                    .body(meant)
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("distribution_id");
            given.asManager()
                    .header("Prefer", "respond-async")
                    .header("Idempotency-Key", "again")
                    .body(meant)
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(202)
                    .body("distribution_id", equalTo(again));
            for (var id : List.of(first, again)) {
                given.poolRefuses(UUID.fromString(id), 0);
                given.awaitState(UUID.fromString(id), "REJECTED");
            }
            award(given.asManager(), given.employee, 7).statusCode(202);
        }
    }

    @Test
    void twinsFromABudgetAndOfDelegationsAreFound() {
        try (var given = Given.tenant()) {
            given.budget(100);
            rules(
                    given,
                    "{'id': 'twice', 'of': 'twin', 'kinds': ['award', 'delegation'], 'minutes': 10, 'then': 'refuse'}",
                    "{'id': 'tell', 'of': 'twin', 'minutes': 10, 'then': 'alert'}");
            award(given.asLead(), given.employee, 7).statusCode(201);
            award(given.asLead(), given.employee, 7).statusCode(409).body("rule", equalTo("twice"));
            for (var status : List.of(202, 409)) {
                given.asManager()
                        .header("Prefer", "respond-async")
                        .body("{\"to_user_id\": \"%s\", \"amount\": 9, \"description\": \"Budget\"}"
                                .formatted(given.lead))
                        .post("/api/allocations/distribute-to-lead")
                        .then()
                        .statusCode(status);
            }
            assertEquals(List.of("0"), column(given, "select count(*) from limit_alert_log where tenant_id = '%s'"));
            rules(given, "{'id': 'tell', 'of': 'twin', 'minutes': 10, 'then': 'alert'}");
            award(given.asLead(), given.employee, 7).statusCode(201);
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of("tell twin awards 2 of 1"),
                            given.kafka.messages(Topic.WALLET_EVENTS, LimitReached.class, given.tenant).stream()
                                    .map(it -> it.rule() + " " + it.of() + " " + it.counts() + " " + it.used() + " of "
                                            + it.limit())
                                    .toList()));
        }
    }

    /** Who was a lead gives to who is one now, and the other way round. */
    @Test
    void whatGoesBackAndForthIsTold() {
        try (var given = Given.tenant()) {
            rules(given, "{'id': 'back', 'of': 'mutual', 'per': 'year', 'points': 10, 'then': 'alert'}");
            award(given.asManager(), given.employee, 5).statusCode(202);
            Tables.asApp(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate(
                            "insert into given select tenant_id, '%s'::uuid, giver_id, department_id, day, points, awards from given where tenant_id = '%s' and receiver_id = '%s'"
                                    .formatted(given.employee, given.tenant, given.employee));
                }
            });
            award(given.asManager(), given.employee, 6).statusCode(202);
            assertEquals(List.of(), column(given, "select rule from limit_alert_log where tenant_id = '%s'"));
            Tables.asApp(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate(
                            "update given set points = array_fill(11::bigint, array[10]) where tenant_id = '%s' and giver_id = '%s'"
                                    .formatted(given.tenant, given.employee));
                }
            });
            award(given.asManager(), given.employee, 1).statusCode(202);
            assertEquals(
                    List.of("back 101 11"),
                    column(
                            given,
                            "select concat_ws(' ', rule, percent, used) from limit_alert_log where tenant_id = '%s'"));
        }
    }

    @Test
    void rulesAreKeptNumberedAndTold() {
        try (var given = Given.tenant()) {
            rules(given, MONTH).body("revision", equalTo(1)).body("rules.id", contains("month"));
            rules(given, MONTH).body("revision", equalTo(1));
            given.asManager()
                    .body("{\"earned\": {}}")
                    .put("/api/policy")
                    .then()
                    .statusCode(200)
                    .body("revision", equalTo(1))
                    .body("rules.id", contains("month"));
            rules(given).body("revision", equalTo(2)).body("rules", empty());
            var told = new GivingRule(
                    "month", "giver", null, null, null, null, "month", 100L, null, null, "refuse", null, null, null,
                    null, null, null, null);
            var expected = List.of(changed(given, 1, List.of(told)), changed(given, 2, null));
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            expected, given.kafka.messages(Topic.WALLET_EVENTS, PolicyChanged.class, given.tenant)));
        }
    }

    private static PolicyChanged changed(Given given, long revision, @Nullable List<GivingRule> rules) {
        return new PolicyChanged(
                given.tenant,
                revision,
                null,
                null,
                null,
                null,
                "nowhere",
                List.of(30L, 7L),
                null,
                null,
                null,
                null,
                "pool",
                rules,
                null);
    }

    @Test
    void whatRulesWouldHaveRefusedIsShownBeforeTheyBite() {
        try (var given = Given.tenant()) {
            given.awardedFromPool(60);
            given.awardedFromPool(50);
            given.asManager()
                    .body(body(MONTH, "{'id': 'large', 'of': 'award', 'points_above': 40, 'then': 'refuse'}"))
                    .post("/api/policy/check")
                    .then()
                    .statusCode(200)
                    .body("rules.rule", contains("month", "large"))
                    .body("rules.awards", contains(1, 2))
                    .body("rules.points", contains(50, 110))
                    .body("rules.alerts", contains(0, 0))
                    .body("rules_complete", equalTo(true));
            assertEquals(List.of(), column(given, "select revision from policy_logs where tenant_id = '%s'"));
        }
    }

    /** What is well formed and makes no sense is a 422, what is not is a 400; both name the field, and change nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': -1, 'then': 'refuse'}              | 400 | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1000000000001, 'then': 'refuse'}   | 400 | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1.5, 'then': 'refuse'}             | 400 | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'per': 'fortnight', 'points': 1, 'then': 'refuse'}         | 400 | rules[0].per",
                "{'id': 'a', 'of': 'region', 'per': 'day', 'points': 1, 'then': 'refuse'}              | 400 | rules[0].of",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'shrug'}                | 400 | rules[0].then",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1}                                 | 400 | rules[0].then",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse', 'from': 'x'}  | 400 | rules[0].from",
                "{'id': 'A b', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse'}             | 400 | rules[0].id",
                "{'id': 'a', 'of': 'giver', 'roles': [], 'per': 'day', 'points': 1, 'then': 'refuse'}  | 400 | rules[0].roles",
                "{'id': 'a', 'of': 'giver', 'roles': ['boss'], 'per': 'day', 'points': 1, 'then': 'refuse'} | 400 | rules[0].roles[0]",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'approve', 'levels': 0}         | 400 | rules[0].levels",
                "{'id': 'a', 'of': 'twin', 'minutes': 0, 'then': 'refuse'}                             | 400 | rules[0].minutes",
                "{'id': 'a', 'of': 'twin', 'minutes': 1441, 'then': 'refuse'}                          | 400 | rules[0].minutes",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 100, 'then': 'alert'}       | 400 | rules[0].share_percent",
                "{'id': 'a', 'of': 'share', 'per': 'day', 'share_percent': 50, 'min_awards': 0, 'then': 'alert'} | 400 | rules[0].min_awards",
                "{'id': 'a', 'of': 'mutual', 'per': 'day', 'points': 5, 'then': 'refuse'}              | 422 | rules[0].then",
                "{'id': 'a', 'of': 'twin', 'then': 'refuse'}                                           | 422 | rules[0].minutes",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse', 'alert_at': [0]}   | 400 | rules[0].alert_at[0]",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse', 'alert_at': [101]} | 400 | rules[0].alert_at[0]",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse', 'alert_at': []}    | 400 | rules[0].alert_at",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'points': 1, 'then': 'refuse', 'alert_at': [90, 80]} | 422 | rules[0].alert_at",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'alert'}                        | 422 | rules[0].then",
                "{'id': 'a', 'of': 'tenant', 'per': 'day', 'points': 0, 'then': 'refuse'}              | 422 | rules[0].points",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'awards': 0, 'then': 'refuse'}               | 422 | rules[0].awards",
                "{'id': 'a', 'of': 'award', 'points_above': 0, 'then': 'refuse'}                       | 422 | rules[0].points_above",
                "{'id': 'a', 'of': 'giver', 'points': 1, 'then': 'refuse'}                             | 422 | rules[0].per",
                "{'id': 'a', 'of': 'giver', 'per': 'day', 'then': 'refuse'}                            | 422 | rules[0].points",
                "{'id': 'a', 'of': 'award', 'points_above': 1, 'then': 'refuse'}, {'id': 'a', 'of': 'award', 'points_above': 2, 'then': 'refuse'} | 422 | rules[1].id",
            })
    void badInputNamesItsField(String rules, int status, String field) {
        try (var given = Given.tenant()) {
            var body = body(rules);
            given.asManager()
                    .body(body)
                    .put("/api/policy")
                    .then()
                    .statusCode(status)
                    .body("errors.field", contains(field));
            given.asManager()
                    .body(body)
                    .post("/api/policy/check")
                    .then()
                    .statusCode(status)
                    .body("errors.field", contains(field));
            assertEquals(List.of(), column(given, "select revision from policy_logs where tenant_id = '%s'"));
        }
    }

    @Test
    void aPolicyHasAHundredRulesAtMost() {
        try (var given = Given.tenant()) {
            var each = IntStream.range(0, 101)
                    .mapToObj(i -> "{'id': 'r%s', 'of': 'award', 'points_above': 5, 'then': 'refuse'}".formatted(i))
                    .toList();
            given.asManager()
                    .body(body(each.toArray(String[]::new)))
                    .put("/api/policy")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("rules"));
            rules(given, each.subList(0, 100).toArray(String[]::new)).body("rules", not(empty()));
        }
    }

    static List<Integer> sideBySide(int many, IntFunction<Integer> ask) {
        return IntStream.range(0, many).mapToObj(i -> SideBySide.begin(() -> ask.apply(i))).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** Of large requests only some are let in at once; others may have to wait too long on a slow machine. */
    static int untilTaken(Callable<ValidatableResponse> ask) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofMinutes(2))
                .until(() -> ask.call().extract().statusCode(), status -> status != 429 && status != 503);
    }

    static ValidatableResponse award(RequestSpecification by, UUID to, long points) {
        return by.header("Prefer", "respond-async")
                .body(Given.award(to, points))
                .post("/api/allocations/award-points")
                .then();
    }

    private static ValidatableResponse batch(Given given, String mode, Map<UUID, Long> amounts) {
        return given.asManager()
                .header("Prefer", "respond-async")
                .body(Given.batch(mode, amounts))
                .post("/api/allocations/award-points/batch")
                .then();
    }

    private static ValidatableResponse check(Given given, String mode, Map<UUID, Long> amounts) {
        return given.asManager()
                .body(Given.batch(mode, amounts))
                .post("/api/allocations/award-points/batch/check")
                .then()
                .statusCode(200);
    }

    private static void reverse(Given given, UUID award) {
        given.asManager()
                .header("Prefer", "respond-async")
                .body("{\"reason\": \"Wrong person\"}")
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then()
                .statusCode(anyOf(equalTo(201), equalTo(202)));
    }

    private static void left(Given given, int left) {
        given.asManager().get("/api/policy/limits/me").then().statusCode(200).body("items[0].left", equalTo(left));
    }

    private static void awaitLeft(Given given, int left) {
        Awaitility.await().untilAsserted(() -> left(given, left));
    }

    static ValidatableResponse rules(Given given, String... rules) {
        return given.asManager().body(body(rules)).put("/api/policy").then().statusCode(200);
    }

    static String body(String... rules) {
        return "{\"earned\": {}, \"rules\": [" + String.join(",", rules).replace('\'', '"') + "]}";
    }

    private static List<String> column(Given given, String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
