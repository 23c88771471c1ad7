package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static io.points.allocation.ProposalTest.approve;
import static io.points.allocation.ProposalTest.decide;
import static io.points.allocation.ProposalTest.reject;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.proposal.ProposalRound;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.Ids;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.PoolEvent.PlatformApprovalGiven;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.ProposalOutcome;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Attesting;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.points.testing.Waiting;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managers ask for points, and platform admins decide. */
@AllocationServiceTest
class PointsRequestTest {

    private static final String ROUTE = "/api/allocations/requests";
    private static final UUID MANAGER = UUID.fromString("00000000-0000-4000-8000-0000000000a1");
    private static final UUID OTHER_MANAGER = UUID.fromString("00000000-0000-4000-8000-0000000000a2");
    private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UUID THIRD = UUID.fromString("00000000-0000-4000-8000-00000000000c");

    @Inject
    ProposalRound round;

    private UUID tenant;

    @BeforeEach
    void register() {
        Waiting.outTheMonthsEnd();
        tenant = AllocationTest.register();
    }

    @Test
    void whatIsAskedForIsAProposalOfTheTenantsAndMovesNothing() {
        var key = UUID.randomUUID().toString();
        String request = keyed(key, 20)
                .statusCode(202)
                .body("amount", equalTo(20))
                .body("note", equalTo("We are hiring"))
                .body("state", equalTo("proposed"))
                .body("asked_by", equalTo(MANAGER.toString()))
                .body("decided_by", nullValue())
                .body("allocation_id", nullValue())
                .extract()
                .path("request_id");
        keyed(key, 20)
                .statusCode(202)
                .header("Location", endsWith(ROUTE + "/" + request))
                .body("request_id", equalTo(request));
        keyed(key, 21).statusCode(422).body("type", equalTo("urn:points:problem:idempotency-key-reused"));
        list().body("items", hasSize(1)).body("items[0].request_id", equalTo(request));
        admin().get("/api/platform/proposals?tenant_id=" + tenant)
                .then()
                .body("items", hasSize(1))
                .body("items[0].proposal_id", equalTo(request))
                .body("items[0].kind", equalTo("allocation"))
                .body("items[0].asked_by_tenant", equalTo(true))
                .body("items[0].note", equalTo("We are hiring"))
                .body("items[0].reason", equalTo("Request " + request))
                .body("items[0].reserved", equalTo(0))
                .body("items[0].proposed_by", equalTo(MANAGER.toString()));
        assertBalance(0);
    }

    @Test
    void oneAdminsYesIsTheAllocation() {
        var request = ask(20);
        String allocation = approve(request)
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("first_approved_by", nullValue())
                .extract()
                .path("result_id");
        approve(request).statusCode(200).body("result_id", equalTo(allocation));
        assertBalance(20);
        read(request)
                .body("state", equalTo("approved"))
                .body("decided_by", equalTo(SECOND.toString()))
                .body("allocation_id", equalTo(allocation));
        admin().get("/api/platform/allocations/history/" + tenant)
                .then()
                .body("items", hasSize(1))
                .body("items[0].allocation_id", equalTo(allocation))
                .body("items[0].reference_note", equalTo("Request " + request))
                .body("items[0].created_by", equalTo(SECOND.toString()));
        try (var kafka = new TestKafka()) {
            var id = UUID.fromString(request);
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of(new PlatformMovementDecided(
                                    id, tenant, "allocation", ProposalOutcome.APPROVED, UUID.fromString(allocation))),
                            kafka.messages(Topic.POOL_EVENTS, PlatformMovementDecided.class, tenant)));
            assertEquals(
                    List.of(new PlatformMovementProposed(id, tenant, "allocation", 20L, true)),
                    kafka.messages(Topic.POOL_EVENTS, PlatformMovementProposed.class, tenant));
            assertEquals(List.of(), kafka.messages(Topic.POOL_EVENTS, PlatformApprovalGiven.class, tenant));
        }
    }

    @Test
    void whereAllocationsTakeTwoAdminsARequestTakesTwoYeses() {
        approveAbove(10);
        var request = ask(20);
        for (int i = 0; i < 2; i++) {
            approve(request)
                    .statusCode(200)
                    .body("state", equalTo("proposed"))
                    .body("first_approved_by", equalTo(SECOND.toString()))
                    .body("decided_by", nullValue());
        }
        assertBalance(0);
        read(request).body("state", equalTo("proposed")).body("decided_by", nullValue());
        decide(THIRD, request, "approve")
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("first_approved_by", equalTo(SECOND.toString()))
                .body("decided_by", equalTo(THIRD.toString()));
        assertBalance(20);
        try (var kafka = new TestKafka()) {
            Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant)
                                    .size()
                            == 1);
            assertEquals(
                    List.of(new PlatformApprovalGiven(UUID.fromString(request), tenant, "allocation")),
                    kafka.messages(Topic.POOL_EVENTS, PlatformApprovalGiven.class, tenant));
        }
    }

    @Test
    void aBudgetThatWantsASecondAdminWantsTwoYeses() {
        BudgetTest.set(tenant, 10, "approve").statusCode(200);
        var request = ask(20);
        approve(request).statusCode(200).body("state", equalTo("proposed"));
        assertBalance(0);
        decide(THIRD, request, "approve").statusCode(200).body("state", equalTo("approved"));
        assertBalance(20);
    }

    /** What takes two is judged at each yes; whoever has said yes says so once. */
    @Test
    void aThresholdThatIsRaisedMeanwhileStillTakesAnotherPerson() {
        approveAbove(10);
        var request = ask(20);
        approve(request).statusCode(200).body("state", equalTo("proposed"));
        approveAbove(100);
        approve(request).statusCode(200).body("state", equalTo("proposed"));
        assertBalance(0);
        decide(THIRD, request, "approve").statusCode(200).body("state", equalTo("approved"));
    }

    @Test
    void ofTwoOneNoEndsIt() {
        approveAbove(10);
        var request = ask(20);
        approve(request).statusCode(200);
        reject(SECOND, request).statusCode(200).body("state", equalTo("rejected"));
        decide(THIRD, request, "approve").statusCode(409).body("state", equalTo("rejected"));
        assertBalance(0);
    }

    @Test
    void aNoHasAReasonThatTheManagersRead() {
        var request = ask(20);
        reject(SECOND, request).statusCode(200).body("state", equalTo("rejected"));
        read(request)
                .body("state", equalTo("rejected"))
                .body("decided_by", equalTo(SECOND.toString()))
                .body("decision_reason", equalTo("They have paid"))
                .body("allocation_id", nullValue());
        withdraw(MANAGER, request)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:already-decided"))
                .body("state", equalTo("rejected"));
        assertBalance(0);
    }

    @Test
    void anyManagerOfTheTenantWithdrawsItAndNobodyElse() {
        var request = ask(20);
        var neighbour = AllocationTest.register();
        as(MANAGER, neighbour, "manager").get(ROUTE + "/" + request).then().statusCode(404);
        as(MANAGER, neighbour, "manager")
                .post(ROUTE + "/" + request + "/withdraw")
                .then()
                .statusCode(404);
        as(MANAGER, neighbour, "manager").get(ROUTE).then().statusCode(200).body("items", hasSize(0));
        decide(SECOND, request, "withdraw")
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:proposer-required"));
        for (int i = 0; i < 2; i++) {
            withdraw(OTHER_MANAGER, request)
                    .statusCode(200)
                    .body("state", equalTo("withdrawn"))
                    .body("decided_by", equalTo(OTHER_MANAGER.toString()));
        }
        withdraw(MANAGER, request).statusCode(409).body("state", equalTo("withdrawn"));
        approve(request).statusCode(409).body("state", equalTo("withdrawn"));
        assertBalance(0);
    }

    @Test
    void whatAnAdminProposesIsNoRequest() {
        approveAbove(0);
        String proposal =
                AllocationTest.allocate(tenant, 20).statusCode(202).extract().path("proposal_id");
        list().body("items", hasSize(0));
        manager(MANAGER).get(ROUTE + "/" + proposal).then().statusCode(404);
        withdraw(MANAGER, proposal).statusCode(404);
        admin().get("/api/platform/proposals/" + proposal)
                .then()
                .body("state", equalTo("proposed"))
                .body("asked_by_tenant", equalTo(false))
                .body("note", nullValue());
    }

    /** Even if they are a platform admin, too. */
    @Test
    void whoeverAsksNeverApproves() {
        approveAbove(10);
        var request = ask(20);
        for (var answer : List.of(decide(MANAGER, request, "approve"), reject(MANAGER, request))) {
            answer.statusCode(409).body("type", equalTo("urn:points:problem:second-person-required"));
        }
        as(OTHER_MANAGER, tenant, "manager")
                .post("/api/platform/proposals/" + request + "/approve")
                .then()
                .statusCode(403);
        approve(request).statusCode(200).body("state", equalTo("proposed"));
        decide(MANAGER, request, "approve").statusCode(409);
        assertBalance(0);
    }

    /** Should the service ever forget it. */
    @Test
    void theDatabaseLetsNobodyApproveTwice() {
        approveAbove(10);
        var request = ask(20);
        approve(request).statusCode(200);
        var refused = assertThrows(
                IllegalStateException.class, () -> Attesting.asSuperuser("allocation", """
                        update proposals set state = 'approved', decided_by = first_approved_by, decided_at = now(),
                               result_id = gen_random_uuid()
                        where id = '%s'""".formatted(request)));
        assertTrue(String.valueOf(refused.getCause()).contains("two_approvals_are_of_two_people"), refused::toString);
    }

    @Test
    void ofYesesNosAndWithdrawalsAtOnceOneCounts() {
        var first = ask(20);
        assertEquals(
                List.of(200, 409, 409, 409),
                atOnce(List.of(
                        () -> decide(SECOND, first, "approve"),
                        () -> decide(THIRD, first, "approve"),
                        () -> reject(THIRD, first),
                        () -> withdraw(MANAGER, first))));
        assertBalance(20);
        var second = ask(7);
        assertEquals(
                List.of(200, 409),
                atOnce(List.of(() -> withdraw(OTHER_MANAGER, second), () -> decide(SECOND, second, "approve"))));
        var third = ask(7);
        assertEquals(
                List.of(200, 409), atOnce(List.of(() -> reject(SECOND, third), () -> decide(THIRD, third, "approve"))));
        assertBalance(20);
    }

    /** Both say yes, to what takes two: that is enough. */
    @Test
    void twoYesesAtOnceAreTwo() {
        approveAbove(10);
        var request = ask(20);
        assertEquals(
                List.of(200, 200),
                atOnce(List.of(() -> decide(SECOND, request, "approve"), () -> decide(THIRD, request, "approve"))));
        read(request).body("state", equalTo("approved"));
        assertBalance(20);
    }

    @Test
    void whatCannotBeAllocatedAnyMoreStaysOpen() {
        var request = ask(20);
        BudgetTest.set(tenant, 10, "refuse").statusCode(200);
        approve(request)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:monthly-cap-exceeded"))
                .body("room", equalTo(10));
        BudgetTest.remove(tenant).statusCode(200);
        contract("EUR");
        approve(request).statusCode(422).body("type", equalTo("urn:points:problem:currency-mismatch"));
        contract("INR");
        read(request).body("state", equalTo("proposed"));
        approve(request).statusCode(200);
        assertBalance(20);
    }

    /** A first yes to what could not be done would promise too much. */
    @Test
    void aFirstYesIsJudgedAsTheSecondOne() {
        approveAbove(0);
        BudgetTest.set(tenant, 10, "refuse").statusCode(200);
        var request = ask(20);
        approve(request).statusCode(409).body("type", equalTo("urn:points:problem:monthly-cap-exceeded"));
        admin().get("/api/platform/proposals/" + request).then().body("first_approved_by", nullValue());
    }

    @Test
    void aSuspendedTenantMayAskAndBeAllocatedTo() {
        suspend();
        approve(ask(20)).statusCode(200).body("state", equalTo("approved"));
        assertBalance(20);
    }

    @Test
    void aTenantThatIsBeingClosedIsAllocatedNothing() {
        AllocationTest.allocate(tenant, 10).statusCode(201);
        var request = ask(20);
        String closing = admin().body(Map.of(
                        "reason",
                        "Contract ended",
                        "earned_until",
                        LocalDate.now(ZoneOffset.UTC).plusDays(60).toString(),
                        "unspent",
                        "credit",
                        "earned_then",
                        "expire"))
                .post("/api/platform/tenants/" + tenant + "/close")
                .then()
                .statusCode(202)
                .extract()
                .path("closing_id");
        approve(closing).statusCode(200);
        approve(request).statusCode(409).body("type", equalTo("urn:points:problem:tenant-closing"));
        request(20).statusCode(409).body("type", equalTo("urn:points:problem:tenant-closing"));
        assertBalance(10);
    }

    @Test
    void fourteenDaysOfSilenceAreANo() {
        var request = ask(20);
        Instant askedAt = Instant.parse(read(request).extract().path("asked_at"));
        Instant expiresAt = Instant.parse(read(request).extract().path("expires_at"));
        assertEquals(Duration.ofDays(14), Duration.between(askedAt, expiresAt));
        round.look(expiresAt).await().indefinitely();
        read(request).body("state", equalTo("expired")).body("decided_by", nullValue());
        approve(request).statusCode(409).body("state", equalTo("expired"));
        assertBalance(0);
    }

    @Test
    void fiveAreOpenAtMost() {
        var answers =
                IntStream.range(0, 8)
                        .mapToObj(
                                i -> SideBySide.begin(() -> request(1).extract().statusCode()))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertEquals(5, answers.stream().filter(status -> status == 202).count(), answers::toString);
        assertEquals(3, answers.stream().filter(status -> status == 409).count(), answers::toString);
        request(1)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:too-many-open-requests"))
                .body("detail", containsString("5 open requests"));
        as(MANAGER, AllocationTest.register(), "manager")
                .body(Map.of("amount", 1, "note", "Ours"))
                .post(ROUTE)
                .then()
                .statusCode(202);
        withdraw(MANAGER, list().extract().path("items[0].request_id")).statusCode(200);
        request(1).statusCode(202);
    }

    @Test
    void theyAreListedNewestFirstAndByPages() {
        var first = ask(1);
        var second = ask(2);
        String next = manager(OTHER_MANAGER)
                .get(ROUTE + "?limit=1")
                .then()
                .statusCode(200)
                .body("items.request_id", equalTo(List.of(second)))
                .extract()
                .path("next_cursor");
        manager(OTHER_MANAGER)
                .get(ROUTE + "?limit=1&cursor=" + next)
                .then()
                .statusCode(200)
                .body("items.request_id", equalTo(List.of(first)))
                .body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\": 0, \"note\": \"x\"}",
                "{\"amount\": -1, \"note\": \"x\"}",
                "{\"amount\": 9007199254740992, \"note\": \"x\"}",
                "{\"amount\": 5}",
                "{\"amount\": 5, \"note\": \" \"}",
                "{\"amount\": 5, \"note\": \"x\", \"currency\": \"INR\"}"
            })
    void whatIsNoRequestIsRefusedAndNamesItsField(String body) {
        manager(MANAGER).body(body).post(ROUTE).then().statusCode(400).body("errors", hasSize(1));
        list().body("items", hasSize(0));
    }

    @Test
    void whoHasNoTenantThatIsKnownAsksForNothing() {
        as(MANAGER, UUID.randomUUID(), "manager")
                .body(Map.of("amount", 1, "note", "x"))
                .post(ROUTE)
                .then()
                .statusCode(404);
    }

    @Test
    void theWordsOfWhoeverIsErasedGo() {
        var erased = ask(1);
        reject(SECOND, erased).statusCode(200);
        var open = ask(2);
        String others = manager(OTHER_MANAGER)
                .body(Map.of("amount", 3, "note", "We are hiring"))
                .post(ROUTE)
                .then()
                .extract()
                .path("request_id");
        try (var kafka = new TestKafka()) {
            kafka.send(new PersonalDataErased(tenant, MANAGER, 1));
            Awaitility.await()
                    .untilAsserted(() -> read(erased).body("note", nullValue()).body("decision_reason", nullValue()));
            read(open).body("note", nullValue()).body("state", equalTo("proposed"));
            read(others).body("note", equalTo("We are hiring"));
            kafka.send(new PeopleErased(Ids.next(Instant.now()), tenant, 2));
            Awaitility.await().untilAsserted(() -> read(others).body("note", nullValue()));
        }
    }

    /** The first one holds its locks until the others wait for them. */
    private static List<Integer> atOnce(List<Supplier<ValidatableResponse>> asking) {
        var asked = new ArrayList<CompletableFuture<Integer>>();
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            for (var one : asking) {
                asked.add(SideBySide.begin(() -> one.get().extract().statusCode()));
                if (asked.size() == 1) {
                    hold.awaitHit();
                }
            }
            Rivals.awaitBlocked();
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /** @return the id of what a manager of the tenant asks for */
    static String ask(UUID tenant, long amount) {
        return as(MANAGER, tenant, "manager")
                .body(Map.of("amount", amount, "note", "We are hiring"))
                .post(ROUTE)
                .then()
                .statusCode(202)
                .extract()
                .path("request_id");
    }

    private String ask(long amount) {
        return ask(tenant, amount);
    }

    private ValidatableResponse request(long amount) {
        return keyed(UUID.randomUUID().toString(), amount);
    }

    private ValidatableResponse keyed(String key, long amount) {
        return manager(MANAGER)
                .header("Idempotency-Key", key)
                .body(Map.of("amount", amount, "note", "We are hiring"))
                .post(ROUTE)
                .then();
    }

    private ValidatableResponse withdraw(UUID manager, String request) {
        return manager(manager).post(ROUTE + "/" + request + "/withdraw").then();
    }

    private ValidatableResponse read(String request) {
        return manager(OTHER_MANAGER).get(ROUTE + "/" + request).then().statusCode(200);
    }

    private ValidatableResponse list() {
        return manager(OTHER_MANAGER).get(ROUTE).then().statusCode(200);
    }

    private RequestSpecification manager(UUID who) {
        return as(who, tenant, "manager");
    }

    private static RequestSpecification as(UUID who, UUID tenant, String role) {
        return RestAssured.given().auth().oauth2(Tokens.of(who, tenant, role)).contentType(ContentType.JSON);
    }

    private void approveAbove(long points) {
        admin().body("{\"time_zone\": \"UTC\", \"approve_allocations_above\": %s}".formatted(points))
                .put("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .statusCode(200);
    }

    private void contract(String currency) {
        admin().body("{\"currency\": \"%s\", \"price_per_point\": \"2\"}".formatted(currency))
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
    }

    private void suspend() {
        admin().body(Map.of("reason", "unpaid"))
                .post("/api/platform/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200);
    }

    private void assertBalance(int balance) {
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }
}
