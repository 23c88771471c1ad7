package io.points.distribution.department;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.DistributionKind;
import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Departments, who gives from them, and how points get into their envelopes. */
@DistributionServiceTest
class DepartmentTest {

    private Given given;
    private UUID sales;

    @BeforeEach
    void make() {
        given = Given.tenant();
        sales = given.department("Sales");
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void theTreeIsShownWithItsFigures() {
        var field = UUID.randomUUID();
        given.department(field, "{\"name\": \"Field sales\", \"parent_id\": \"%s\"}".formatted(sales))
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("parent_id", equalTo(sales.toString()))
                .body("balance", equalTo(0))
                .body("given_in_month", equalTo(0))
                .body("closed", equalTo(false))
                .body("manager_ids", empty());
        list().body("items.name", contains("Field sales", "Sales"))
                .body("items.parent_id", contains(sales.toString(), null));
        try (var other = Given.tenant()) {
            other.asManager().get("/api/departments").then().statusCode(200).body("items", empty());
            other.department(UUID.randomUUID(), "{\"name\": \"Ours\", \"parent_id\": \"%s\"}".formatted(sales))
                    .statusCode(400)
                    .body("errors[0].field", equalTo("parent_id"));
        }
    }

    @Test
    void whatItIsIsToldOnceAndARepeatFindsItsOwnChange() {
        var body = "{\"name\": \"Sales, all of it\"}";
        given.asManager()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/departments/" + sales)
                .then()
                .statusCode(200)
                .body("revision", equalTo(2));
        given.asManager()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/departments/" + sales)
                .then()
                .statusCode(200)
                .body("revision", equalTo(2));
        given.asManager()
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"Another\"}")
                .put("/api/departments/" + sales)
                .then()
                .statusCode(412);
        assertEquals(
                List.of(
                        new DepartmentChanged(given.tenant, sales, 1, null, false, null),
                        new DepartmentChanged(given.tenant, sales, 2, null, false, null)),
                Awaitility.await()
                        .until(
                                () -> given.kafka.messages(Topic.WALLET_EVENTS, DepartmentChanged.class, given.tenant),
                                told -> told.size() >= 2));
    }

    @Test
    void pointsArePutIntoAnEnvelope() {
        var transfer = transfer(null, sales, 300);
        assertEquals(
                new MovePoolPoints(transfer, given.tenant, null, sales, 300),
                given.awaitCommand(MovePoolPoints.class, transfer));
        given.kafka.send(new PoolPointsMoved(transfer, given.tenant, 300, null, null, null, sales, 1L, 300L));
        awaitState(transfer, "COMPLETED")
                .body("kind", equalTo("transfer"))
                .body("source", equalTo("pool"))
                .body("to_user_id", nullValue())
                .body("to_department_id", equalTo(sales.toString()))
                .body("department_id", nullValue());
        awaitBalance(300);
        // What is older than what is known changes nothing.
        given.kafka.send(new PoolPointsMoved(UUID.randomUUID(), given.tenant, 7, null, null, null, sales, 1L, 7L));
        var second = transfer(sales, null, 100);
        given.kafka.send(new PoolPointsMoved(second, given.tenant, 100, sales, 2L, 200L, null, null, null));
        awaitBalance(200);
    }

    @Test
    void aTransferOfMoreThanThereIsIsRefused() {
        var transfer = transfer(sales, null, 300);
        given.kafka.send(new PoolDebitRefused(
                transfer, given.tenant, 300, RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 12, 1));
        awaitState(transfer, "REJECTED").body("reason", equalTo("INSUFFICIENT_DEPARTMENT_BALANCE"));
        assertEquals(List.of("12"), column("select balance_at_refusal from distributions where tenant_id = '%s'"));
    }

    @Test
    void aTransferGoesFromSomewhereToSomewhereElse() {
        move(given.asManager(), null, null).statusCode(400).body("errors[0].field", equalTo("to_department_id"));
        move(given.asManager(), sales, sales).statusCode(400);
        move(given.asManager(), UUID.randomUUID(), null)
                .statusCode(404)
                .body("errors[0].field", equalTo("from_department_id"));
        move(given.asManager(), null, UUID.randomUUID())
                .statusCode(404)
                .body("errors[0].field", equalTo("to_department_id"));
        try (var other = Given.tenant()) {
            move(other.asManager(), null, sales).statusCode(404);
        }
    }

    @Test
    void anAwardSaysOutOfWhichEnvelope() {
        var award = UUID.fromString(
                award(given.asManager(), sales).statusCode(202).extract().path("distribution_id"));
        assertEquals(
                new DebitPool(award, given.tenant, DistributionKind.AWARD, 5, sales),
                given.awaitCommand(DebitPool.class, award));
        given.kafka.send(
                new PoolDebited(award, given.tenant, DistributionKind.AWARD, 5, 995, 2, null, sales, 2L, 295L));
        awaitState(award, "COMPLETED").body("department_id", equalTo(sales.toString()));
        list().body("items[0].balance", equalTo(295)).body("items[0].given_in_month", equalTo(5));
        var other = given.requestAward(5);
        assertNull(given.awaitCommand(DebitPool.class, other).departmentId());
    }

    @Test
    void nothingComesOutOfTheEnvelopeOfAnotherTenantOrOfNobody() {
        award(given.asManager(), UUID.randomUUID())
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"))
                .body("errors[0].field", equalTo("department_id"));
        try (var other = Given.tenant()) {
            other.asManager()
                    .body("{\"to_user_id\": \"%s\", \"amount\": 5, \"description\": \"x\", \"department_id\": \"%s\"}"
                            .formatted(other.employee, sales))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(404);
        }
        award(given.asLead(), sales).statusCode(400).body("errors[0].field", equalTo("department_id"));
    }

    @Test
    void whoeverIsNamedGivesFromTheirDepartmentsOnly() {
        var support = given.department("Support");
        var scoped = manager();
        managers(sales, scoped).statusCode(200).body("manager_ids", contains(scoped.toString()));
        var by = given.as(scoped, "manager");
        award(by, sales).statusCode(202);
        award(given.as(scoped, "manager"), support)
                .statusCode(403)
                .body("type", equalTo("urn:points:problem:not-your-department"));
        award(given.as(scoped, "manager"), null).statusCode(403).body("errors[0].field", equalTo("department_id"));
        move(given.as(scoped, "manager"), null, sales).statusCode(403);
        move(given.as(scoped, "manager"), sales, support).statusCode(202);
        given.as(scoped, "manager")
                .body(Given.batch("each", Map.of(given.employee, 5L)))
                .post("/api/allocations/award-points/batch")
                .then()
                .statusCode(403);
        given.as(scoped, "manager")
                .body("{\"name\": \"Mine\"}")
                .put("/api/departments/" + support)
                .then()
                .statusCode(403);
        // Others give as before, and so does whoever is named no more.
        award(given.asManager(), support).statusCode(202);
        managers(sales).statusCode(200).body("manager_ids", empty());
        award(given.as(scoped, "manager"), null).statusCode(202);
    }

    @Test
    void oneManagerCanHaveSeveralDepartmentsAndOneDepartmentSeveralManagers() {
        var support = given.department("Support");
        var one = manager();
        var other = manager();
        managers(sales, one, other).statusCode(200);
        managers(support, one).statusCode(200);
        list().body(
                        "items.find { it.name == 'Sales' }.manager_ids",
                        containsInAnyOrder(one.toString(), other.toString()))
                .body("items.find { it.name == 'Support' }.manager_ids", contains(one.toString()));
        award(given.as(one, "manager"), support).statusCode(202);
        award(given.as(other, "manager"), support).statusCode(403);
    }

    @Test
    void aReturnedBudgetGoesToTheDepartmentThatItsOwnerBelongsTo() {
        given.budget(60);
        assertNull(returned("{\"amount\": 10}"), "the lead belongs to none");
        given.asManager()
                .body("{\"department_id\": \"" + sales + "\"}")
                .patch("/api/members/" + given.lead)
                .then()
                .statusCode(200);
        assertEquals(sales, returned("{\"amount\": 10}"));
        var support = given.department("Support");
        assertEquals(support, returned("{\"amount\": 10, \"department_id\": \"" + support + "\"}"));
    }

    /** Into which department the lead's budget is returned. */
    private @Nullable UUID returned(String body) {
        var returned = UUID.fromString(given.asLead()
                .header("Prefer", "respond-async")
                .body(body)
                .post("/api/allocations/return-to-pool")
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
        return given.awaitCommand(ReturnToPool.class, returned).departmentId();
    }

    @Test
    void onlyManagersCanBeNamed() {
        managers(sales, given.employee).statusCode(400).body("errors[0].field", equalTo("manager_ids"));
        managers(sales, UUID.randomUUID()).statusCode(400);
        list().body("items[0].manager_ids", empty()).body("items[0].revision", equalTo(1));
    }

    @Test
    void whatAClosedDepartmentHoldsGoesBackToThePool() {
        var transfer = transfer(null, sales, 300);
        given.kafka.send(new PoolPointsMoved(transfer, given.tenant, 300, null, null, null, sales, 1L, 300L));
        awaitBalance(300);
        given.department(sales, "{\"name\": \"Sales\", \"closed\": true}")
                .statusCode(200)
                .body("closed", equalTo(true));
        var emptied = awaitEmptying(1).get(0);
        assertEquals(new MovePoolPoints(emptied.distributionId(), given.tenant, sales, null, 300), emptied);
        given.asManager()
                .get("/api/allocations/distributions/" + emptied.distributionId())
                .then()
                .body("kind", equalTo("transfer"))
                .body("from_user_id", equalTo(given.manager.toString()))
                .body("department_id", equalTo(sales.toString()))
                .body("description", equalTo("The department is closed"));
        // What comes back while that is under way waits for it, and then goes the same way.
        given.kafka.send(new PoolRefunded(UUID.randomUUID(), given.tenant, 40, 900, 3, sales, 2L, 340L));
        awaitBalance(340);
        given.kafka.send(
                new PoolPointsMoved(emptied.distributionId(), given.tenant, 300, sales, 3L, 40L, null, null, null));
        var both = awaitEmptying(2);
        assertEquals(40, both.get(1).amount());
        given.kafka.send(
                new PoolPointsMoved(both.get(1).distributionId(), given.tenant, 40, sales, 4L, 0L, null, null, null));
        awaitBalance(0);
        awaitState(both.get(1).distributionId(), "COMPLETED");
        award(given.asManager(), sales).statusCode(409).body("type", equalTo("urn:points:problem:department-closed"));
        move(given.asManager(), null, sales).statusCode(409);
        move(given.asManager(), sales, null).statusCode(202);
    }

    @Test
    void whatThePoolRefusesIsNotTriedAgainUntilSomethingHasChanged() {
        var transfer = transfer(null, sales, 300);
        given.kafka.send(new PoolPointsMoved(transfer, given.tenant, 300, null, null, null, sales, 1L, 300L));
        awaitBalance(300);
        given.department(sales, "{\"name\": \"Sales\", \"closed\": true}").statusCode(200);
        var refused = awaitEmptying(1).get(0).distributionId();
        given.kafka.send(new PoolDebitRefused(refused, given.tenant, 300, RefusalReason.TENANT_SUSPENDED, 300, 1));
        awaitState(refused, "REJECTED");
        // Another department's is begun after that, by the same round.
        var support = given.department("Support");
        var other = transfer(null, support, 7);
        given.department(support, "{\"name\": \"Support\", \"closed\": true}").statusCode(200);
        given.kafka.send(new PoolPointsMoved(other, given.tenant, 7, null, null, null, support, 1L, 7L));
        var begun = awaitEmptying(2);
        assertEquals(support, begun.get(1).fromDepartmentId());
        given.kafka.send(new PoolDebitCancelled(UUID.randomUUID(), given.tenant, 5, 900, 4, sales, 2L, 305L));
        assertEquals(305, awaitEmptying(3).get(2).amount());
    }

    /** What was asked of the pool to be taken out of envelopes, once it is so many. */
    private List<MovePoolPoints> awaitEmptying(int many) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.POOL_COMMANDS, MovePoolPoints.class, given.tenant).stream()
                                .filter(move -> move.fromDepartmentId() != null)
                                .distinct()
                                .toList(),
                        moves -> moves.size() == many);
    }

    @Test
    void aBatchComesOutOfADepartmentAsAWholeOrAwardByAward() {
        for (var mode : List.of("all_or_nothing", "each")) {
            var batch = batch(given.asManager(), mode, sales)
                    .statusCode(202)
                    .extract()
                    .<String>path("batch_id");
            var debit = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, DebitPool.class, given.tenant).stream()
                                    .filter(it ->
                                            (it.kind() == DistributionKind.BATCH) == mode.equals("all_or_nothing"))
                                    .findFirst(),
                            Optional::isPresent)
                    .get();
            assertEquals(sales, debit.departmentId(), batch);
            assertEquals(9, debit.amount());
        }
    }

    @Test
    void aBatchOfMoreThanTheEnvelopeHoldsSaysSo() {
        var transfer = transfer(null, sales, 8);
        given.kafka.send(new PoolPointsMoved(transfer, given.tenant, 8, null, null, null, sales, 1L, 8L));
        awaitBalance(8);
        check(sales).body("available", equalTo(8)).body("pool_suffices", equalTo(false));
        check(null).body("available", equalTo(0));
        var batch = batch(given.asManager(), "all_or_nothing", sales)
                .statusCode(202)
                .extract()
                .<String>path("batch_id");
        given.awaitCommand(DebitPool.class, UUID.fromString(batch));
        given.kafka.send(new PoolDebitRefused(
                UUID.fromString(batch), given.tenant, 9, RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 8, 2));
        given.awaitBatch(UUID.fromString(batch), "REFUSED");
        given.batch(UUID.fromString(batch)).body("refusals[0].reason", equalTo("INSUFFICIENT_DEPARTMENT_BALANCE"));
    }

    @Test
    void aBatchIsHeldToTheSameDepartmentsAsAnAward() {
        var support = given.department("Support");
        var scoped = manager();
        managers(sales, scoped).statusCode(200);
        batch(given.as(scoped, "manager"), "each", sales).statusCode(202);
        batch(given.as(scoped, "manager"), "all_or_nothing", support)
                .statusCode(403)
                .body("type", equalTo("urn:points:problem:not-your-department"));
        batch(given.asManager(), "each", UUID.randomUUID())
                .statusCode(404)
                .body("errors[0].field", equalTo("department_id"));
        given.department(support, "{\"name\": \"Support\", \"closed\": true}").statusCode(200);
        batch(given.asManager(), "each", support)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:department-closed"));
        given.asManager()
                .contentType("text/csv")
                .header("Prefer", "respond-async")
                .body("to_user_id,amount,description\n%s,9,Thanks\n".formatted(given.employee))
                .post("/api/allocations/award-points/batch/csv?mode=each&department_id=" + support)
                .then()
                .statusCode(409);
    }

    @Test
    void aBatchThatWasTakenStaysTakenWhenItsDepartmentIsClosed() {
        var key = UUID.randomUUID().toString();
        var first = batch(given.asManager().header("Idempotency-Key", key), "each", sales)
                .statusCode(202)
                .extract()
                .<String>path("batch_id");
        given.department(sales, "{\"name\": \"Sales\", \"closed\": true}").statusCode(200);
        batch(given.asManager().header("Idempotency-Key", key), "each", sales)
                .statusCode(202)
                .body("batch_id", equalTo(first));
    }

    private ValidatableResponse check(@Nullable UUID department) {
        return given.asManager()
                .body(batchOfNine("each", department))
                .post("/api/allocations/award-points/batch/check")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse batch(RequestSpecification by, String mode, @Nullable UUID department) {
        return by.header("Prefer", "respond-async")
                .body(batchOfNine(mode, department))
                .post("/api/allocations/award-points/batch")
                .then();
    }

    private String batchOfNine(String mode, @Nullable UUID department) {
        return """
                {"mode": "%s", "description": "Thanks", "department_id": %s, "receivers": [{"to_user_id": "%s", "amount": 9}]}""".formatted(mode, json(department), given.employee);
    }

    @Test
    void aReturnedBudgetGoesIntoAnEnvelopeIfItIsToGoThere() {
        var delegation = given.requestDelegation(50);
        given.poolDebits(delegation, DistributionKind.DELEGATION, 50);
        awaitState(delegation, "COMPLETED");
        var returned = UUID.fromString(given.asLead()
                .header("Prefer", "respond-async")
                .body("{\"amount\": 50, \"department_id\": \"" + sales + "\"}")
                .post("/api/allocations/return-to-pool")
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
        assertEquals(sales, given.awaitCommand(ReturnToPool.class, returned).departmentId());
        given.asLead()
                .body("{\"amount\": 50, \"department_id\": \"" + UUID.randomUUID() + "\"}")
                .post("/api/allocations/return-to-pool")
                .then()
                .statusCode(404);
    }

    private UUID manager() {
        var id = UUID.randomUUID();
        given.member(id, "manager", true);
        return id;
    }

    private ValidatableResponse managers(UUID department, UUID... users) {
        var name = department.equals(sales) ? "Sales" : "Support";
        var ids = Stream.of(users).map(id -> "\"" + id + "\"").collect(Collectors.joining(", "));
        return given.department(department, "{\"name\": \"%s\", \"manager_ids\": [%s]}".formatted(name, ids));
    }

    private ValidatableResponse list() {
        return given.asManager().get("/api/departments").then().statusCode(200);
    }

    private UUID transfer(@Nullable UUID from, @Nullable UUID to, long amount) {
        return UUID.fromString(move(given.asManager(), from, to, amount)
                .statusCode(202)
                .extract()
                .path("distribution_id"));
    }

    private ValidatableResponse move(RequestSpecification by, @Nullable UUID from, @Nullable UUID to) {
        return move(by, from, to, 5);
    }

    private static ValidatableResponse move(
            RequestSpecification by, @Nullable UUID from, @Nullable UUID to, long amount) {
        return by.header("Prefer", "respond-async")
                .body("{\"from_department_id\": %s, \"to_department_id\": %s, \"amount\": %s}"
                        .formatted(json(from), json(to), amount))
                .post("/api/allocations/transfer")
                .then();
    }

    private ValidatableResponse award(RequestSpecification by, @Nullable UUID department) {
        return by.header("Prefer", "respond-async")
                .body("{\"to_user_id\": \"%s\", \"amount\": 5, \"description\": \"Well done\", \"department_id\": %s}"
                        .formatted(given.employee, json(department)))
                .post("/api/allocations/award-points")
                .then();
    }

    private static String json(@Nullable UUID id) {
        return id == null ? "null" : "\"" + id + "\"";
    }

    private ValidatableResponse awaitState(UUID distribution, String state) {
        return Awaitility.await()
                .until(
                        () -> given.asManager()
                                .get("/api/allocations/distributions/" + distribution)
                                .then(),
                        found -> state.equals(found.extract().path("state")));
    }

    private void awaitBalance(int points) {
        Awaitility.await().until(() -> list().extract().<Integer>path("items[0].balance") == points);
    }

    private List<String> column(String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
