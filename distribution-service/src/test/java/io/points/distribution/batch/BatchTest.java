package io.points.distribution.batch;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.BatchAwarded;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class BatchTest {

    private static final String ROUTE = "/api/allocations/award-points/batch";

    @Test
    void allOrNothingIsOneDebitAndAnAwardForEach() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 100L, other, 50L));
            var debit = given.awaitCommand(DebitPool.class, batch);
            assertEquals(150, debit.amount());
            assertEquals(DistributionKind.BATCH, debit.kind());
            given.batch(batch)
                    .body("state", equalTo("ACCEPTED"))
                    .body("accepted", equalTo(2))
                    .body("amount", equalTo(150));
            given.poolDebitsBatch(batch, 150);
            given.awaitBatch(batch, "COMPLETED");
            given.batch(batch).body("completed", equalTo(2)).body("completed_amount", equalTo(150));
            assertEquals(100, given.earnedBy(given.employee));
            assertEquals(50, given.earnedBy(other));
            assertEquals(1, given.commands(DebitPool.class, batch).size());
            Awaitility.await().untilAsserted(() -> {
                var awarded = given.kafka.messages(Topic.WALLET_EVENTS, PointsAwarded.class, given.tenant);
                assertEquals(2, awarded.size());
                assertTrue(awarded.stream().allMatch(event -> batch.equals(event.debitId())));
                assertEquals(
                        List.of(new BatchAwarded(batch, given.tenant, given.manager, 2, 150)),
                        given.kafka.messages(Topic.WALLET_EVENTS, BatchAwarded.class, given.tenant));
            });
        }
    }

    @Test
    void eachReceiverSeesAnAwardOfTheirOwnAndNothingOfTheOthers() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 100L, other, 50L));
            given.poolDebitsBatch(batch, 150);
            given.awaitBatch(batch, "COMPLETED");
            given.asEmployee()
                    .get("/api/allocations/history")
                    .then()
                    .body("items", hasSize(1))
                    .body("items[0].kind", equalTo("award"))
                    .body("items[0].amount", equalTo(100))
                    .body("items[0].description", equalTo("Year-end"));
            given.asEmployee().get("/api/feed").then().body("items", hasSize(1)).body("items[0].amount", equalTo(100));
            given.asEmployee()
                    .get("/api/allocations/distributions/" + batch)
                    .then()
                    .statusCode(404);
            given.asManager()
                    .get("/api/allocations/history/tenant")
                    .then()
                    .body("items", hasSize(2))
                    .body("items.kind", everyItem(equalTo("award")));
            given.asManager()
                    .get("/api/allocations/history/tenant?kind=batch")
                    .then()
                    .body("items.distribution_id", equalTo(List.of(batch.toString())));
        }
    }

    @Test
    void aRepeatedDebitAwardsNobodyTwice() {
        try (var given = Given.tenant()) {
            var batch = given.requestBatch(100);
            given.poolDebitsBatch(batch, 100);
            given.poolDebitsBatch(batch, 100);
            given.awaitBatch(batch, "COMPLETED");
            var next = given.requestBatch(7);
            given.poolDebitsBatch(next, 7);
            given.awaitBatch(next, "COMPLETED");
            assertEquals(107, given.earnedBy(given.employee));
        }
    }

    @Test
    void aPoolThatRefusesMovesNothingAndTheRepeatSaysWhy() {
        try (var given = Given.tenant()) {
            var body = Given.batch("all_or_nothing", Map.of(given.employee, 100L));
            var batch = UUID.fromString(
                    keyed(given, "refused", body).statusCode(202).extract().path("batch_id"));
            given.awaitCommand(DebitPool.class, batch);
            given.poolRefuses(batch, 100);
            given.awaitBatch(batch, "REFUSED");
            assertEquals(0, given.earnedBy(given.employee));
            keyed(given, "refused", body)
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_POOL_BALANCE"))
                    .body("batch_id", equalTo(batch.toString()));
            receivers(given, batch, "refused")
                    .body("items[0].reason", equalTo("INSUFFICIENT_POOL_BALANCE"))
                    .body("items[0].distribution_id", nullValue());
        }
    }

    @Test
    void aReceiverWhoGoesMeanwhileUndoesTheWholeBatch() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 100L, other, 50L));
            given.awaitCommand(DebitPool.class, batch);
            given.member(other, "employee", false);
            given.poolDebitsBatch(batch, 150);
            given.awaitCommand(RefundPool.class, batch);
            given.batch(batch).body("state", equalTo("ACCEPTED"));
            given.poolRefunds(batch, 150);
            given.awaitBatch(batch, "REFUSED");
            assertEquals(0, given.earnedBy(given.employee));
            given.batch(batch).body("refusals[0].reason", equalTo("RECEIVER_NOT_ELIGIBLE"));
        }
    }

    @Test
    void aBatchWhoseDeadlinePassesIsCancelledAsAWhole() {
        try (var given = Given.tenant()) {
            var batch = given.requestBatch(100);
            given.timePasses(batch);
            given.awaitState(batch, "CANCELLING");
            given.poolCancels(batch, 100);
            given.awaitBatch(batch, "REFUSED");
            given.poolDebitsBatch(batch, 100);
            var next = given.requestBatch(7);
            given.poolDebitsBatch(next, 7);
            given.awaitBatch(next, "COMPLETED");
            assertEquals(7, given.earnedBy(given.employee));
        }
    }

    @Test
    void whoCannotBeAwardedIsNamedAndNobodyIsAwarded() {
        try (var given = Given.tenant()) {
            var stranger = UUID.randomUUID();
            var amounts = new LinkedHashMap<UUID, Long>();
            amounts.put(given.employee, 5L);
            amounts.put(stranger, 6L);
            amounts.put(given.lead, 7L);
            given.asManager()
                    .body(Given.batch("all_or_nothing", amounts))
                    .post(ROUTE)
                    .then()
                    .statusCode(422)
                    .body("refused", equalTo(2))
                    .body("errors.field", equalTo(List.of("line 2", "line 3")))
                    .body("errors[0].message", startsWith(stranger.toString()));
            given.asManager().get("/api/allocations/history/tenant").then().body("items", hasSize(0));
        }
    }

    @Test
    void eachGoesItsOwnWay() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var amounts = new LinkedHashMap<UUID, Long>();
            amounts.put(given.employee, 100L);
            amounts.put(given.manager, 1L);
            amounts.put(other, 50L);
            var batch = given.requestBatch("each", amounts);
            var ids = awaitDistributions(given, batch, 2);
            assertEquals(
                    100,
                    given.awaitCommand(DebitPool.class, ids.get(given.employee)).amount());
            given.poolDebits(ids.get(given.employee), DistributionKind.AWARD, 100);
            given.poolRefuses(ids.get(other), 50);
            given.awaitBatch(batch, "PARTLY_COMPLETED");
            given.batch(batch)
                    .body("completed", equalTo(1))
                    .body("refused", equalTo(2))
                    .body("completed_amount", equalTo(100))
                    .body("refusals.reason", hasItem("RECEIVER_NOT_ELIGIBLE"))
                    .body("refusals.reason", hasItem("INSUFFICIENT_POOL_BALANCE"));
            receivers(given, batch, "refused").body("items.line", equalTo(List.of(2, 3)));
            assertEquals(100, given.earnedBy(given.employee));
            assertEquals(0, given.earnedBy(other));
        }
    }

    @Test
    void aKeyNamesTheBatchForEverAndNoOther() {
        try (var given = Given.tenant()) {
            var body = Given.batch("all_or_nothing", Map.of(given.employee, 100L));
            String first = keyed(given, "k", body).statusCode(202).extract().path("batch_id");
            keyed(given, "k", body).statusCode(202).body("batch_id", equalTo(first));
            keyed(given, "k", Given.batch("all_or_nothing", Map.of(given.employee, 101L)))
                    .statusCode(422)
                    .body("type", equalTo("urn:points:problem:idempotency-key-reused"));
            keyed(given, "k", Given.batch("each", Map.of(given.employee, 100L))).statusCode(422);
            given.poolDebitsBatch(UUID.fromString(first), 100);
            given.awaitBatch(UUID.fromString(first), "COMPLETED");
            keyed(given, "k", body).statusCode(201).body("batch_id", equalTo(first));
            assertEquals(100, given.earnedBy(given.employee));
        }
    }

    @Test
    void whoAsksToWaitIsAnsweredWhenItIsOver() {
        try (var given = Given.tenant()) {
            var answers = new Thread(() -> {
                var debit = Awaitility.await()
                        .until(
                                () -> given.kafka.messages(Topic.POOL_COMMANDS, DebitPool.class, given.tenant),
                                commands -> !commands.isEmpty())
                        .get(0);
                given.kafka.send(new PoolDebited(debit.distributionId(), given.tenant, debit.kind(), 100, 900, 1));
            });
            answers.start();
            given.asManager()
                    .header("Prefer", "wait=20")
                    .body(Given.batch("all_or_nothing", Map.of(given.employee, 100L)))
                    .post(ROUTE)
                    .then()
                    .statusCode(201)
                    .header("Preference-Applied", "wait=20")
                    .header("Location", notNullValue())
                    .body("state", equalTo("COMPLETED"));
        }
    }

    @Test
    void aCsvIsABatchWithADescriptionPerLine() {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var csv = "to_user_id,amount,description\r\n%s,5,\"Thanks, Anna\"\r\n%s,6,Thanks\r\n"
                    .formatted(given.employee, other);
            String id = csv(given, "?mode=all_or_nothing", csv)
                    .statusCode(202)
                    .extract()
                    .path("batch_id");
            var batch = UUID.fromString(id);
            given.poolDebitsBatch(batch, 11);
            given.awaitBatch(batch, "COMPLETED");
            receivers(given, batch, "completed").body("items.line", equalTo(List.of(2, 3)));
            given.asEmployee()
                    .get("/api/allocations/history")
                    .then()
                    .body("items[0].description", equalTo("Thanks, Anna"));
        }
    }

    @Test
    void aDryRunSaysWhoWouldBeRefusedAndMovesNothing() {
        try (var given = Given.tenant()) {
            var csv = "to_user_id,amount,description\n%s,5,Thanks\n%s,6,Thanks\n"
                    .formatted(given.employee, UUID.randomUUID());
            csv(given, "?mode=each&dry_run=true", csv)
                    .statusCode(200)
                    .body("receivers", equalTo(2))
                    .body("amount", equalTo(11))
                    .body("refused.line", equalTo(List.of(3)))
                    .body("refused[0].reason", equalTo("RECEIVER_NOT_ELIGIBLE"))
                    .body("pool_suffices", equalTo(false))
                    .body("would_complete", equalTo(false));
            given.asManager()
                    .body(Given.batch("all_or_nothing", Map.of(given.employee, 5L)))
                    .post(ROUTE + "?dry_run=true")
                    .then()
                    .statusCode(200)
                    .body("refused", hasSize(0));
            given.asManager().get("/api/allocations/history/tenant").then().body("items", hasSize(0));
            assertEquals(
                    0,
                    given.kafka
                            .messages(Topic.POOL_COMMANDS, DebitPool.class, given.tenant)
                            .size());
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        try (var given = Given.tenant()) {
            var good = "to_user_id,amount,description\n%s,5,Thanks\n".formatted(given.employee);
            named(csv(given, "", good), "mode");
            named(csv(given, "?mode=some", good), "mode");
            named(csv(given, "?mode=each&dry_run=maybe", good), "dry_run");
            named(csv(given, "?mode=each", good + given.employee + ",5,Thanks\n"), "line 3, to_user_id");
            named(csv(given, "?mode=each", good + "nobody,5,Thanks\n"), "line 3, to_user_id");
            named(csv(given, "?mode=each&dry_run=true", good + "nobody,5,Thanks\n"), "line 3, to_user_id");
            named(json(given, "[{\"to_user_id\": \"" + given.employee + "\"}]"), "receivers[0].amount");
            named(json(given, "[{\"to_user_id\": \"nobody\", \"amount\": 5}]"), "receivers[0].to_user_id");
            named(json(given, "[null]"), "receivers[0]");
            named(
                    json(given, "[{\"to_user_id\": \"" + given.employee + "\", \"amount\": 5, \"x\": 1}]"),
                    "receivers[0].x");
            given.asManager().get("/api/allocations/history/tenant").then().body("items", hasSize(0));
        }
    }

    @Test
    void aBatchBelongsToItsTenantsManagers() {
        try (var given = Given.tenant();
                var another = Given.tenant()) {
            var batch = given.requestBatch(5);
            another.batch(batch).statusCode(404);
            another.asManager().get(ROUTE + "/" + batch + "/receivers").then().statusCode(404);
            given.asEmployee().get(ROUTE + "/" + batch).then().statusCode(403);
            given.asLead()
                    .body(Given.batch("each", Map.of(given.employee, 5L)))
                    .post(ROUTE)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void tenThousandReceiversAreAwardedByOneDebit() {
        try (var given = Given.tenant()) {
            var employees =
                    IntStream.range(0, 10_000).mapToObj(i -> UUID.randomUUID()).toList();
            given.enrol(employees);
            var csv = employees.stream()
                    .map(employee -> employee + ",1,Year-end")
                    .collect(Collectors.joining("\n", "to_user_id,amount,description\n", ""));
            String id = csv(given, "?mode=all_or_nothing", csv)
                    .statusCode(202)
                    .extract()
                    .path("batch_id");
            var batch = UUID.fromString(id);
            assertEquals(10_000, given.awaitCommand(DebitPool.class, batch).amount());
            given.poolDebitsBatch(batch, 10_000);
            given.awaitBatch(batch, "COMPLETED");
            given.batch(batch).body("completed", equalTo(10_000)).body("completed_amount", equalTo(10_000));
            assertEquals(1, given.earnedBy(employees.get(9_999)));
        }
    }

    private static ValidatableResponse keyed(Given given, String key, String body) {
        return given.asManager()
                .header("Idempotency-Key", key)
                .header("Prefer", "respond-async")
                .body(body)
                .post(ROUTE)
                .then();
    }

    private static ValidatableResponse csv(Given given, String query, String csv) {
        return io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.of(given.manager, given.tenant, "manager"))
                .contentType("text/csv; charset=UTF-8")
                .header("Prefer", "respond-async")
                .body(csv)
                .post(ROUTE + query)
                .then();
    }

    private static ValidatableResponse json(Given given, String receivers) {
        return given.asManager()
                .body("{\"mode\": \"each\", \"description\": \"Thanks\", \"receivers\": " + receivers + "}")
                .post(ROUTE)
                .then();
    }

    private static void named(ValidatableResponse response, String field) {
        response.statusCode(400).body("errors.field", equalTo(List.of(field)));
    }

    private static ValidatableResponse receivers(Given given, UUID batch, String state) {
        return given.asManager()
                .get(ROUTE + "/" + batch + "/receivers?state=" + state)
                .then()
                .statusCode(200);
    }

    /** The distributions that were made of a batch, by receiver. */
    private static Map<UUID, UUID> awaitDistributions(Given given, UUID batch, int number) {
        var found = new LinkedHashMap<UUID, UUID>();
        Awaitility.await().until(() -> {
            List<Map<String, Object>> items =
                    receivers(given, batch, "accepted").extract().path("items");
            for (var item : items) {
                if (item.get("distribution_id") != null) {
                    found.put(UUID.fromString((String) item.get("to_user_id")), UUID.fromString((String)
                            item.get("distribution_id")));
                }
            }
            return found.size() == number;
        });
        return found;
    }
}
