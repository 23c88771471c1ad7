package io.points.distribution.batch;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BatchUndone;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The awards of a whole batch, taken back. */
@DistributionServiceTest
class UndoTest {

    private static final String ROUTE = "/api/allocations/award-points/batch/";
    private static final String ALL = body("all_or_nothing");
    private static final String WHAT_IS_THERE = body("what_is_there");

    @ParameterizedTest
    @ValueSource(strings = {"all_or_nothing", "what_is_there"})
    void eachAwardOfAWholeBatchGoesBackByTheDebitOfTheBatch(String mode) {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 100L, other, 50L));
            check(given.asManager(), batch, body(mode))
                    .statusCode(200)
                    .body("batch_id", equalTo(batch.toString()))
                    .body("reversed", equalTo(2))
                    .body("amount", equalTo(150))
                    .body("missing", equalTo(0))
                    .body("too_short", hasSize(0));
            given.batch(batch).body("undo", nullValue());
            accepted(undo(given.asManager(), batch, body(mode))).header("Location", equalTo(ROUTE + batch));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("state", equalTo("COMPLETED"))
                    .body("undo.mode", equalTo(mode))
                    .body("undo.undone_by", equalTo(given.manager.toString()))
                    .body("undo.undone_at", startsWith("20"))
                    .body("undo.reversed", equalTo(2))
                    .body("undo.amount", equalTo(150));
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(0, given.earnedBy(other));
            var reversal = told(given, 2).stream()
                    .filter(event -> event.userId().equals(other))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    new ReturnToPool(reversal.distributionId(), given.tenant, other, 50, batch, ReturnOrigin.REVERSAL),
                    given.awaitCommand(ReturnToPool.class, reversal.distributionId()));
            assertEquals(
                    List.of(new BatchUndone(batch, given.tenant, 2, 150, 0)),
                    Awaitility.await()
                            .until(
                                    () -> given.kafka.messages(Topic.WALLET_EVENTS, BatchUndone.class, given.tenant),
                                    events -> !events.isEmpty()));
            given.distribution(reversal.awardId())
                    .body("state", equalTo("COMPLETED"))
                    .body("reversed_by", equalTo(reversal.distributionId().toString()));
            given.distribution(reversal.distributionId()).body("description", equalTo("Wrong list"));
            poolTakes(given, reversal);
            given.awaitState(reversal.distributionId(), "COMPLETED");
        }
    }

    @Test
    void ofABatchOfSingleAwardsThoseThatArrivedGoBackEachByItsOwnDebit() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = given.requestBatch("each", ordered(given.employee, 100L, given.manager, 1L, other, 50L));
            undo(given.asManager(), batch, ALL).statusCode(409).body("state", equalTo("ACCEPTED"));
            awaitDebits(given, 2).forEach(debit -> {
                if (debit.amount() == 100) {
                    given.poolDebits(debit.distributionId(), DistributionKind.AWARD, 100);
                } else {
                    given.poolRefuses(debit.distributionId(), 50);
                }
            });
            given.awaitBatch(batch, "PARTLY_COMPLETED");
            undo(given.asManager(), batch, ALL);
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch).body("undo.reversed", equalTo(1)).body("state", equalTo("PARTLY_COMPLETED"));
            var reversal = told(given, 1).get(0);
            assertEquals(
                    reversal.awardId(),
                    given.awaitCommand(ReturnToPool.class, reversal.distributionId())
                            .debitId());
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenItIsDone() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            given.asManager()
                    .header("Prefer", "wait=20")
                    .body(WHAT_IS_THERE)
                    .post(ROUTE + batch + "/undo")
                    .then()
                    .statusCode(201)
                    .body("undo.state", equalTo("UNDONE"));
        }
    }

    @Test
    void whatWasReversedByItselfIsLeftOut() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 100L, other, 50L));
            reverse(given, awardOf(given, batch, other));
            check(given.asManager(), batch, ALL)
                    .statusCode(200)
                    .body("reversed", equalTo(1))
                    .body("already_reversed", equalTo(1));
            accepted(undo(given.asManager(), batch, ALL));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("undo.reversed", equalTo(1))
                    .body("undo.amount", equalTo(100))
                    .body("undo.already_reversed", equalTo(1));
            assertEquals(2, told(given, 2).size());
            given.asManager()
                    .header("Prefer", "respond-async")
                    .body("{\"reason\": \"Again\"}")
                    .post("/api/allocations/distributions/" + awardOf(given, batch, given.employee) + "/reverse")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:already-reversed"));
        }
    }

    @Test
    void aBatchOfWhichEachAwardWasReversedHasNothingToUndo() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            reverse(given, awardOf(given, batch, given.employee));
            refused(given, batch, WHAT_IS_THERE, "already-undone").forEach(it -> it.body("undone_by", nullValue()));
            given.batch(batch).body("undo", nullValue());
        }
    }

    @Test
    void oneWalletThatIsShortByOneRefusesAllOfIt() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = arrived(given, ordered(other, 50L, given.employee, 100L));
            given.spends(given.employee, 1);
            refused(given, batch, ALL, "shortfall").forEach(it -> it.body("short", equalTo(1))
                    .body("errors.field", equalTo(List.of("line 2")))
                    .body("errors[0].message", equalTo("the wallet of " + given.employee + " holds 99 of 100 points")));
            given.batch(batch).body("undo", nullValue());
            assertEquals(50, given.earnedBy(other));

            check(given.asManager(), batch, WHAT_IS_THERE)
                    .statusCode(200)
                    .body("amount", equalTo(149))
                    .body("missing", equalTo(1))
                    .body("too_short.balance", contains(99));
            accepted(undo(given.asManager(), batch, WHAT_IS_THERE));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("undo.reversed", equalTo(2))
                    .body("undo.amount", equalTo(149))
                    .body("undo.missing", equalTo(1));
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(0, given.earnedBy(other));
        }
    }

    @Test
    void anEmptyWalletIsPassedOverAndAllEmptyOnesAreRefused() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 100L, other, 50L));
            given.spends(given.employee, 100);
            accepted(undo(given.asManager(), batch, WHAT_IS_THERE));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("undo.reversed", equalTo(1))
                    .body("undo.empty_wallets", equalTo(1))
                    .body("undo.missing", equalTo(100));
            given.distribution(awardOf(given, batch, given.employee)).body("reversed_by", nullValue());

            var next = arrived(given, Map.of(given.employee, 7L));
            given.spends(given.employee, 7);
            refused(given, next, WHAT_IS_THERE, "shortfall");
        }
    }

    /** Between the request's look and the transaction that would take all. */
    @Test
    void whatIsSpentMeanwhileRefusesAllOfItAndItCanBeAskedForAgain() {
        try (var given = Given.tenant()) {
            var others = Stream.generate(UUID::randomUUID).limit(200).toList();
            given.enrol(others);
            var amounts = new LinkedHashMap<UUID, Long>();
            others.forEach(other -> amounts.put(other, 2L));
            amounts.put(given.employee, 100L);
            var batch = arrived(given, amounts);
            holding("batches where id = '%s'".formatted(batch), () -> {
                accepted(undo(given.asManager(), batch, ALL)).body("undo.state", equalTo("UNDOING"));
                given.spends(given.employee, 1);
            });
            awaitUndo(given, batch, "REFUSED");
            given.batch(batch).body("undo.reversed", equalTo(0)).body("undo.amount", equalTo(0));
            assertEquals(99, given.earnedBy(given.employee));
            assertEquals(2, given.earnedBy(others.get(0)));
            accepted(undo(given.asManager(), batch, WHAT_IS_THERE));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("undo.mode", equalTo("what_is_there"))
                    .body("undo.amount", equalTo(499))
                    .body("undo.missing", equalTo(1));
            assertEquals(201, told(given, 201).size());
        }
    }

    @Test
    void aRepeatUnderARefusedKeySaysWhy() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            holding("batches where id = '%s'".formatted(batch), () -> {
                accepted(undo(given.asManager().header("Idempotency-Key", "undo"), batch, ALL));
                given.spends(given.employee, 1);
            });
            awaitUndo(given, batch, "REFUSED");
            undo(given.asManager().header("Idempotency-Key", "undo"), batch, ALL)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:shortfall"));
        }
    }

    @Test
    void ofManyAtOnceOneUndoesIt() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = arrived(given, Map.of(given.employee, 100L, other, 50L));
            var asked = IntStream.range(0, 6)
                    .mapToObj(i -> SideBySide.begin(
                            () -> undo(given.as(UUID.randomUUID(), "manager"), batch, i % 2 == 0 ? ALL : WHAT_IS_THERE)
                                    .extract()
                                    .statusCode()))
                    .toList();
            var answers = asked.stream().map(it -> it.join()).sorted().toList();
            assertTrue(answers.get(0) < 300, answers::toString);
            assertEquals(List.of(409, 409, 409, 409, 409), answers.subList(1, 6));
            awaitUndo(given, batch, "UNDONE");
            refused(given, batch, ALL, "already-undone");
            assertEquals(2, told(given, 2).size());
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void anAwardIsTakenBackOnceWhoeverAsksAtTheSameTime() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            arrived(given, Map.of(given.employee, 100L));
            var award = awardOf(given, batch, given.employee);
            var both = List.of(
                    SideBySide.begin(
                            () -> undo(given.asManager(), batch, ALL).extract().statusCode()),
                    SideBySide.begin(() -> given.asManager()
                            .header("Prefer", "respond-async")
                            .body("{\"reason\": \"Wrong person\"}")
                            .post("/api/allocations/distributions/" + award + "/reverse")
                            .then()
                            .extract()
                            .statusCode()));
            both.forEach(it -> assertTrue(List.of(201, 202, 409).contains(it.join())));
            Awaitility.await()
                    .until(() -> number("select count(*) from batch_undos where state = 'UNDOING' and batch_id = '"
                                    + batch + "'")
                            == 0);
            assertEquals(100, given.earnedBy(given.employee));
            assertEquals(1, told(given, 1).size());
        }
    }

    /** A slice that cannot be finished loses nothing of those before it, and is made again. */
    @Test
    void whatIsCutOffInTheMiddleGoesOnWhereItWas() {
        try (var given = Given.tenant()) {
            var employees =
                    IntStream.range(0, 450).mapToObj(i -> UUID.randomUUID()).toList();
            given.enrol(employees);
            var amounts = new LinkedHashMap<UUID, Long>();
            employees.forEach(employee -> amounts.put(employee, 2L));
            var batch = arrived(given, amounts);
            holding("wallets where user_id = '%s'".formatted(employees.get(300)), () -> {
                accepted(undo(given.asManager(), batch, WHAT_IS_THERE));
                Awaitility.await().until(() -> reversed(given, batch) == 200);
                // The server ends the transaction that waits, as if its instance had died; another one tries.
                var first = Awaitility.await().until(UndoTest::waiting, found -> !found.isEmpty());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(UndoTest::waiting, found -> !found.isEmpty() && !found.equals(first));
                given.batch(batch).body("undo.reversed", equalTo(200)).body("undo.state", equalTo("UNDOING"));
                assertEquals(2, given.earnedBy(employees.get(200)));
                assertEquals(0, given.earnedBy(employees.get(199)));
            });
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch)
                    .body("undo.reversed", equalTo(450))
                    .body("undo.amount", equalTo(900))
                    .body("undo.already_reversed", equalTo(0));
            assertEquals(450, told(given, 450).size());
            assertEquals(
                    0,
                    number("select sum(balance)::bigint from wallets where tenant_id = '%s'".formatted(given.tenant)));
        }
    }

    @Test
    void tenThousandAwardsAreTakenBackAsOne() {
        try (var given = Given.tenant()) {
            var employees =
                    IntStream.range(0, 10_000).mapToObj(i -> UUID.randomUUID()).toList();
            given.enrol(employees);
            var amounts = new LinkedHashMap<UUID, Long>();
            employees.forEach(employee -> amounts.put(employee, 1L));
            var batch = arrived(given, amounts);
            check(given.asManager(), batch, ALL).statusCode(200).body("reversed", equalTo(10_000));
            accepted(undo(given.asManager(), batch, ALL));
            awaitUndo(given, batch, "UNDONE");
            given.batch(batch).body("undo.reversed", equalTo(10_000)).body("undo.amount", equalTo(10_000));
            assertEquals(0, given.earnedBy(employees.get(9_999)));
        }
    }

    @Test
    void onlyManagersOfItsTenantUndoABatch() {
        try (var given = Given.tenant();
                var neighbour = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            undo(neighbour.asManager(), batch, ALL).statusCode(404);
            check(neighbour.asManager(), batch, ALL).statusCode(404);
            undo(given.asLead(), batch, ALL).statusCode(403);
            undo(given.asEmployee(), batch, ALL).statusCode(403);
            undo(given.asManager(), UUID.randomUUID(), ALL).statusCode(404);
            given.batch(batch).body("undo", nullValue());
            assertEquals(100, given.earnedBy(given.employee));
        }
    }

    @Test
    void managersCanForThirtyDaysWhateverHasArrived() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            longAgo(batch, "31 days");
            refused(given, batch, ALL, "reversal-too-late").forEach(it -> it.body("until", startsWith("20")));
            longAgo(batch, "29 days");
            accepted(undo(given.as(UUID.randomUUID(), "manager"), batch, ALL));
            awaitUndo(given, batch, "UNDONE");

            var refused = given.requestBatch(5);
            given.awaitCommand(DebitPool.class, refused);
            given.poolRefuses(refused, 5);
            given.awaitBatch(refused, "REFUSED");
            refused(given, refused, ALL, "not-completed").forEach(it -> it.body("state", equalTo("REFUSED")));
        }
    }

    @Test
    void aKeyNamesTheUndo() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            accepted(undo(given.asManager().header("Idempotency-Key", "k"), batch, ALL));
            awaitUndo(given, batch, "UNDONE");
            undo(given.asManager().header("Idempotency-Key", "k"), batch, ALL).statusCode(201);
            undo(given.asManager().header("Idempotency-Key", "k"), batch, WHAT_IS_THERE)
                    .statusCode(422);
            assertEquals(1, told(given, 1).size());
        }
    }

    /** Whatever is told again, or was on its way. */
    @Test
    void aReplayChangesNothing() {
        try (var given = Given.tenant()) {
            var batch = arrived(given, Map.of(given.employee, 100L));
            accepted(undo(given.asManager(), batch, ALL));
            awaitUndo(given, batch, "UNDONE");
            var reversal = told(given, 1).get(0);
            for (int i = 0; i < 2; i++) {
                given.kafka.send(new PoolDebited(batch, given.tenant, DistributionKind.BATCH, 100, 1_000, 1));
                poolTakes(given, reversal);
            }
            given.awaitState(reversal.distributionId(), "COMPLETED");
            var next = arrived(given, Map.of(given.employee, 5L));
            assertEquals(5, given.earnedBy(given.employee));
            given.batch(batch).body("undo.reversed", equalTo(1));
            given.batch(next).body("undo", nullValue());
            assertEquals(1, told(given, 1).size());
        }
    }

    @Test
    void anErasureTakesTheReasonAwayFromWhatIsYetToBeUndone() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var author = UUID.randomUUID();
            var erasing = new AtomicReference<CompletableFuture<Integer>>();
            given.member(author, "manager", true);
            var batch = arrived(given, ordered(given.employee, 100L, other, 50L));
            holding("wallets where user_id = '%s'".formatted(other), () -> {
                accepted(undo(given.as(author, "manager"), batch, ALL));
                Awaitility.await().until(() -> !waiting().isEmpty());
                erasing.set(SideBySide.begin(() -> erase(given, author)));
            });
            erasing.get().join();
            awaitUndo(given, batch, "UNDONE");
            told(given, 2)
                    .forEach(event -> given.distribution(event.distributionId()).body("description", nullValue()));
            assertEquals(0, number("select count(*) from batch_undos where reason is not null"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mode\": \"all_or_nothing\"} | reason",
                "{\"mode\": \"all_or_nothing\", \"reason\": \" \"} | reason",
                "{\"reason\": \"x\"} | mode",
                "{\"reason\": \"x\", \"mode\": \"each\"} | mode",
                "{\"reason\": \"x\", \"mode\": 5} | mode",
                "{\"reason\": \"x\", \"mode\": \"all_or_nothing\", \"amount\": 5} | amount"
            })
    void badInputNamesItsField(String body, String field) {
        try (var given = Given.tenant()) {
            var batch = given.requestBatch(5);
            for (var answer : List.of(undo(given.asManager(), batch, body), check(given.asManager(), batch, body))) {
                answer.statusCode(400).body("errors.field", hasItem(field));
            }
            undo(given.asManager(), batch, ALL).statusCode(409);
        }
    }

    private static String body(String mode) {
        return "{\"reason\": \"Wrong list\", \"mode\": \"%s\"}".formatted(mode);
    }

    /** An all-or-nothing batch whose awards have arrived. */
    private static UUID arrived(Given given, Map<UUID, Long> amounts) {
        var batch = given.requestBatch("all_or_nothing", amounts);
        given.poolDebitsBatch(
                batch, amounts.values().stream().mapToLong(Long::longValue).sum());
        given.awaitBatch(batch, "COMPLETED");
        return batch;
    }

    private static Map<UUID, Long> ordered(Object... usersAndAmounts) {
        var amounts = new LinkedHashMap<UUID, Long>();
        for (int i = 0; i < usersAndAmounts.length; i += 2) {
            amounts.put((UUID) usersAndAmounts[i], (Long) usersAndAmounts[i + 1]);
        }
        return amounts;
    }

    private static UUID awardOf(Given given, UUID batch, UUID user) {
        List<Map<String, Object>> receivers = given.asManager()
                .get(ROUTE + batch + "/receivers?limit=200")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return receivers.stream()
                .filter(it -> it.get("to_user_id").equals(user.toString()))
                .map(it -> UUID.fromString((String) it.get("distribution_id")))
                .findFirst()
                .orElseThrow();
    }

    private static void reverse(Given given, UUID award) {
        given.asManager()
                .header("Prefer", "respond-async")
                .body("{\"reason\": \"Wrong person\"}")
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then()
                .statusCode(202);
    }

    private static ValidatableResponse undo(RequestSpecification by, UUID batch, String body) {
        return by.header("Prefer", "respond-async")
                .body(body)
                .post(ROUTE + batch + "/undo")
                .then();
    }

    /** Nobody waits, but it may be over by the time of the answer. */
    private static ValidatableResponse accepted(ValidatableResponse answer) {
        return answer.statusCode(oneOf(201, 202));
    }

    private static ValidatableResponse check(RequestSpecification by, UUID batch, String body) {
        return by.body(body).post(ROUTE + batch + "/undo/check").then();
    }

    private static List<ValidatableResponse> refused(Given given, UUID batch, String body, String why) {
        return Stream.of(undo(given.asManager(), batch, body), check(given.asManager(), batch, body))
                .map(it -> it.statusCode(409).body("type", equalTo("urn:points:problem:" + why)))
                .toList();
    }

    private static void awaitUndo(Given given, UUID batch, String state) {
        // One of 10,000 awards is a transaction that may take as long as any.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> state.equals(given.batch(batch).extract().path("undo.state")));
    }

    private static List<AwardReversed> told(Given given, int number) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, AwardReversed.class, given.tenant),
                        events -> events.size() >= number);
    }

    private static List<DebitPool> awaitDebits(Given given, int number) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.POOL_COMMANDS, DebitPool.class, given.tenant),
                        debits -> debits.size() == number);
    }

    private static void poolTakes(Given given, AwardReversed reversal) {
        given.kafka.send(new PointsReturned(reversal.distributionId(), given.tenant, reversal.amount(), 1_000, 3));
    }

    private static int erase(Given given, UUID user) {
        return given.asManager()
                .delete("/api/members/" + user + "/personal-data")
                .then()
                .statusCode(200)
                .extract()
                .statusCode();
    }

    /** Takes points out of an earned wallet in the one way that there is besides reversals. */
    private static int reversed(Given given, UUID batch) {
        return given.batch(batch).extract().path("undo.reversed");
    }

    private static void longAgo(UUID batch, String ago) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute(
                        "update batches set created_at = now() - interval '%s' where id = '%s'".formatted(ago, batch));
            }
        });
    }

    /** Keeps rows locked while something is done. */
    private static void holding(String rows, Runnable work) {
        Tables.asOwner(connection -> {
            connection.setAutoCommit(false);
            try (var sql = connection.createStatement()) {
                sql.execute("select from " + rows + " for no key update");
                work.run();
                return rows;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** The transactions that wait for a lock. */
    private static List<String> waiting() {
        return Tables.asApp(connection -> Tables.column(
                connection, "select distinct virtualtransaction from pg_locks where not granted order by 1"));
    }

    private static long number(String query) {
        return Tables.asApp(connection -> Tables.number(connection, query));
    }
}
