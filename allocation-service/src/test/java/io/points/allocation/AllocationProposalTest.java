package io.points.allocation;

import static io.points.allocation.AllocationTest.ADMIN;
import static io.points.allocation.AllocationTest.admin;
import static io.points.allocation.AllocationTest.allocate;
import static io.points.allocation.AllocationTest.keyed;
import static io.points.allocation.ProposalTest.approve;
import static io.points.allocation.ProposalTest.decide;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.proposal.ProposalRound;
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
import io.points.testing.Waiting;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Allocations that a month's budget refuses, or that take two platform admins. */
@AllocationServiceTest
class AllocationProposalTest {

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
    void aBudgetThatRefusesIsMetAndNotPassed() {
        BudgetTest.set(tenant, 100, "refuse").statusCode(200);
        allocate(tenant, 60).statusCode(201);
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            keyed(key, tenant, 41)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:monthly-cap-exceeded"))
                    .body("room", equalTo(40))
                    .body("month", equalTo(YearMonth.now(ZoneOffset.UTC).toString()))
                    .body("errors.field", equalTo(List.of("amount")));
        }
        check(41).statusCode(409).body("room", equalTo(40));
        check(40).statusCode(200).body("budget.on_exceed", equalTo("refuse"));
        allocate(tenant, 40).statusCode(201);
        allocate(tenant, 1).statusCode(409).body("room", equalTo(0));
        AllocationTest.clawBack(tenant, 50).statusCode(201);
        allocate(tenant, 1).statusCode(409);
        BudgetTest.set(tenant, 101, "refuse").statusCode(200);
        allocate(tenant, 1).statusCode(201);
        assertBalance(51);
    }

    /** However many ask at once. */
    @Test
    void ofManyAtOnceOnlySoMuchIsAllocated() {
        BudgetTest.set(tenant, 100, "refuse").statusCode(200);
        var answers = IntStream.range(0, 12)
                .mapToObj(i ->
                        SideBySide.begin(() -> allocate(tenant, 30).extract().statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertEquals(3, answers.stream().filter(status -> status == 201).count(), answers::toString);
        assertEquals(9, answers.stream().filter(status -> status == 409).count(), answers::toString);
        assertBalance(90);
    }

    @Test
    void aLargeOneWaitsAndIsMadeByTheSecondAdminAtThatMomentsContract() {
        approveAbove(50);
        allocate(tenant, 50).statusCode(201);
        check(51).statusCode(200).body("two_people", equalTo(true));
        check(50).statusCode(200).body("two_people", equalTo(false));
        var key = UUID.randomUUID().toString();
        String proposal = keyed(key, tenant, 51)
                .statusCode(202)
                .body("kind", equalTo("allocation"))
                .body("amount", equalTo(51))
                .body("reserved", equalTo(0))
                .body("reason", equalTo("Invoice #1"))
                .body("proposed_by", equalTo(ADMIN.toString()))
                .extract()
                .path("proposal_id");
        keyed(key, tenant, 51)
                .statusCode(202)
                .header("Location", endsWith("/api/platform/proposals/" + proposal))
                .body("proposal_id", equalTo(proposal));
        assertBalance(50);
        decide(ADMIN, proposal, "approve")
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:second-person-required"));
        admin().body("{\"currency\": \"INR\", \"price_per_point\": \"2\"}")
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
        String allocation = approve(proposal)
                .statusCode(200)
                .body("state", equalTo("approved"))
                .extract()
                .path("result_id");
        approve(proposal).statusCode(200).body("result_id", equalTo(allocation));
        assertBalance(101);
        admin().get("/api/platform/allocations/history/" + tenant + "?kind=allocation&limit=1")
                .then()
                .body("items[0].allocation_id", equalTo(allocation))
                .body("items[0].amount", equalTo(51))
                .body("items[0].price_per_point", equalTo("2.00"))
                .body("items[0].reference_note", equalTo("Invoice #1"))
                .body("items[0].created_by", equalTo(SECOND.toString()));
        try (var kafka = new TestKafka()) {
            var id = UUID.fromString(proposal);
            var made = UUID.fromString(allocation);
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of(new PlatformMovementDecided(
                                    id, tenant, "allocation", ProposalOutcome.APPROVED, made)),
                            kafka.messages(Topic.POOL_EVENTS, PlatformMovementDecided.class, tenant)));
            assertEquals(
                    List.of(new PlatformMovementProposed(id, tenant, "allocation", 51L, null)),
                    kafka.messages(Topic.POOL_EVENTS, PlatformMovementProposed.class, tenant));
            assertEquals(
                    made,
                    kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant)
                            .get(1)
                            .allocationId());
        }
    }

    @Test
    void ofTwoAdminsAtOnceOneAllocates() {
        approveAbove(0);
        var proposal = propose(20);
        CompletableFuture<Integer> first;
        CompletableFuture<Integer> second;
        CompletableFuture<Integer> rejection;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(
                    () -> decide(SECOND, proposal, "approve").extract().statusCode());
            hold.awaitHit();
            second = SideBySide.begin(
                    () -> decide(THIRD, proposal, "approve").extract().statusCode());
            rejection = SideBySide.begin(() -> reject(THIRD, proposal).extract().statusCode());
            Rivals.awaitBlocked();
        }
        assertEquals(
                List.of(200, 409, 409),
                Stream.of(first, second, rejection).map(CompletableFuture::join).toList());
        assertBalance(20);
    }

    @Test
    void whatCannotBeAllocatedAnyMoreStaysProposed() {
        approveAbove(0);
        var proposal = propose(20);
        BudgetTest.set(tenant, 10, "refuse").statusCode(200);
        approve(proposal)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:monthly-cap-exceeded"))
                .body("room", equalTo(10));
        BudgetTest.set(tenant, 10, "approve").statusCode(200);
        contract("EUR");
        approve(proposal).statusCode(422).body("type", equalTo("urn:points:problem:currency-mismatch"));
        contract("INR");
        sums(9007199254740991L);
        approve(proposal).statusCode(409).body("type", equalTo("urn:points:problem:tenant-limit-exceeded"));
        sums(0);
        admin().get("/api/platform/proposals/" + proposal)
                .then()
                .statusCode(200)
                .body("state", equalTo("proposed"));
        approve(proposal).statusCode(200);
        assertBalance(20);
    }

    @Test
    void aBudgetThatWantsASecondAdminIsAnsweredForByThem() {
        BudgetTest.set(tenant, 100, "approve").statusCode(200);
        allocate(tenant, 100).statusCode(201);
        var proposal = propose(5);
        assertBalance(100);
        approve(proposal).statusCode(200);
        assertBalance(105);
    }

    @Test
    void rejectedOrForgottenNothingIsAllocated() {
        approveAbove(0);
        var rejected = propose(20);
        reject(SECOND, rejected)
                .statusCode(200)
                .body("state", equalTo("rejected"))
                .body("result_id", nullValue());
        String forgotten = propose(20);
        var expires = Instant.parse(
                admin().get("/api/platform/proposals/" + forgotten).path("expires_at"));
        var proposed = Instant.parse(
                admin().get("/api/platform/proposals/" + forgotten).path("proposed_at"));
        assertEquals(Duration.ofDays(14), Duration.between(proposed, expires));
        round.look(expires).await().indefinitely();
        approve(forgotten).statusCode(409).body("state", equalTo("expired"));
        decide(ADMIN, propose(20), "withdraw").statusCode(200);
        assertBalance(0);
    }

    /** The day is that which was asked for, and counted from the approval where it is a time. */
    @Test
    void theDaysAskedForAreThoseOfTheApproval() {
        approveAbove(0);
        String proposal = admin().body("""
                        {"tenant_id": "%s", "amount": 7, "currency": "INR", "reference_note": "Trial", "expires": {"after": "P90D"}}
                        """.formatted(tenant))
                .post("/api/platform/allocations/allocate")
                .then()
                .statusCode(202)
                .extract()
                .path("proposal_id");
        approve(proposal).statusCode(200);
        admin().get("/api/platform/allocations/history/" + tenant)
                .then()
                .body("items", hasSize(1))
                .body(
                        "items[0].expires_on",
                        equalTo(Instant.now()
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .plusDays(90)
                                .toString()));
    }

    private String propose(long amount) {
        return allocate(tenant, amount).statusCode(202).extract().path("proposal_id");
    }

    private ValidatableResponse check(long amount) {
        return admin().body("""
                        {"tenant_id": "%s", "amount": %s, "currency": "INR", "reference_note": "Invoice #1"}""".formatted(tenant, amount))
                .post("/api/platform/allocations/allocate/check")
                .then();
    }

    private void approveAbove(long points) {
        admin().body("{\"time_zone\": \"UTC\", \"approve_allocations_above\": %s}".formatted(points))
                .put("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .statusCode(200)
                .body("approve_allocations_above", equalTo((int) points));
    }

    private void contract(String currency) {
        admin().body("{\"currency\": \"%s\", \"price_per_point\": \"2\"}".formatted(currency))
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
    }

    private void sums(long allocatedAndDebited) {
        Attesting.asSuperuser(
                "allocation",
                "update tenants set allocated = %s, debited = %s where id = '%s'"
                        .formatted(allocatedAndDebited, allocatedAndDebited, tenant));
    }

    private static ValidatableResponse reject(UUID admin, String proposal) {
        return ProposalTest.reject(admin, proposal);
    }

    private void assertBalance(int balance) {
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }
}
