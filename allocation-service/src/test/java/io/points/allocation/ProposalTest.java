package io.points.allocation;

import static io.points.allocation.AllocationTest.ADMIN;
import static io.points.allocation.AllocationTest.admin;
import static io.points.allocation.AllocationTest.allocate;
import static io.points.allocation.AllocationTest.clawBack;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.proposal.ProposalRound;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.ProposalOutcome;
import io.points.contract.RefusalReason;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Attesting;
import io.points.testing.Hold;
import io.points.testing.Metrics;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clawbacks that take two people, from the proposal to its end. */
@AllocationServiceTest
class ProposalTest {

    private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UUID THIRD = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final String ROUTE = "/api/platform/proposals/";

    @Inject
    ProposalRound round;

    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
        allocate(tenant, 100).statusCode(201);
    }

    @Test
    void halfIsTakenAtOnceAndMoreWaits() {
        var answer = clawBack(tenant, 51);
        answer.statusCode(202)
                .header("Location", endsWith("/api/platform/proposals/" + newest()))
                .body("kind", equalTo("clawback"))
                .body("state", equalTo("proposed"))
                .body("tenant_id", equalTo(tenant.toString()))
                .body("amount", equalTo(51))
                .body("reserved", equalTo(51))
                .body("reason", equalTo("Subscription cancelled"))
                .body("proposed_by", equalTo(ADMIN.toString()))
                .body("decided_at", nullValue())
                .body("result_id", nullValue());
        assertPool(49, 2, 51);
        var other = AllocationTest.register();
        allocate(other, 100).statusCode(201);
        clawBack(other, 50).statusCode(201);
    }

    @Test
    void partsCountTogether() {
        clawBack(tenant, 30).statusCode(201);
        clawBack(tenant, 20).statusCode(201);
        clawBack(tenant, 1).statusCode(202);
        assertPool(49, 4, 1);
    }

    @Test
    void whatWasClawedBackADayAgoCountsNoMore() {
        clawBack(tenant, 50).statusCode(201);
        Attesting.asSuperuser(
                "allocation",
                "update allocation_logs set created_at = created_at - interval '24 h 1 s' where kind = 'clawback'"
                        + " and tenant_id = '" + tenant + "'");
        clawBack(tenant, 25).statusCode(201);
        clawBack(tenant, 1).statusCode(202);
    }

    @Test
    void whatIsApprovedIsReleasedAndClawedBackInOneStep() {
        var proposal = propose(tenant, 80);
        String clawback = approve(proposal)
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("reserved", equalTo(0))
                .body("decided_by", equalTo(SECOND.toString()))
                .body("decided_at", notNullValue())
                .extract()
                .path("result_id");
        assertPool(20, 4, 0);
        admin().get("/api/platform/allocations/history/" + tenant + "?kind=clawback")
                .then()
                .body("items", hasSize(1))
                .body("items[0].allocation_id", equalTo(clawback))
                .body("items[0].amount", equalTo(80))
                .body("items[0].reason", equalTo("Subscription cancelled"))
                .body("items[0].pool_version", equalTo(4))
                .body("items[0].created_by", equalTo(SECOND.toString()));
        var id = UUID.fromString(proposal);
        var allocation = UUID.fromString(clawback);
        assertTold(
                new PlatformMovementProposed(id, tenant, "clawback", 80L, null),
                new PoolReserved(id, tenant, 80, 20, 2, null),
                new PoolReleased(id, tenant, 80, 100, 3, null),
                new PointsClawedBack(allocation, tenant, 80, "INR", "1.25", "Subscription cancelled", 20, 4),
                new PlatformMovementDecided(id, tenant, "clawback", ProposalOutcome.APPROVED, allocation));
    }

    @Test
    void whatIsRejectedGoesBackToThePool() {
        var proposal = propose(tenant, 80);
        reject(SECOND, proposal)
                .statusCode(200)
                .body("state", equalTo("rejected"))
                .body("reserved", equalTo(0))
                .body("decision_reason", equalTo("They have paid"))
                .body("result_id", nullValue());
        assertPool(100, 3, 0);
        var id = UUID.fromString(proposal);
        assertTold(
                new PlatformMovementProposed(id, tenant, "clawback", 80L, null),
                new PoolReserved(id, tenant, 80, 20, 2, null),
                new PoolReleased(id, tenant, 80, 100, 3, null),
                new PlatformMovementDecided(id, tenant, "clawback", ProposalOutcome.REJECTED, null));
    }

    @Test
    void nobodyDecidesAboutTheirOwnButWithdrawsIt() {
        var proposal = propose(tenant, 80);
        for (var answer : List.of(decide(ADMIN, proposal, "approve"), reject(ADMIN, proposal))) {
            answer.statusCode(409).body("type", equalTo("urn:points:problem:second-person-required"));
        }
        decide(SECOND, proposal, "withdraw")
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:proposer-required"));
        assertPool(20, 2, 80);
        decide(ADMIN, proposal, "withdraw").statusCode(200).body("state", equalTo("withdrawn"));
        assertPool(100, 3, 0);
    }

    /** Should the service ever forget it. */
    @Test
    void theDatabaseLetsNobodyDecideAboutTheirOwn() {
        var proposal = propose(tenant, 80);
        for (var state : List.of("approved", "rejected")) {
            var refused = assertThrows(
                    IllegalStateException.class,
                    () -> Attesting.asSuperuser("allocation", """
                            update proposals set state = '%s', reserved = 0, decided_by = proposed_by, decided_at = now(),
                                   result_id = %s
                            where id = '%s'""".formatted(
                                    state, state.equals("approved") ? "gen_random_uuid()" : "null", proposal)));
            assertTrue(String.valueOf(refused.getCause()).contains("nobody_decides_their_own"), refused::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject"})
    void whatIsDecidedStaysSo(String what) {
        var proposal = propose(tenant, 80);
        var first = what.equals("approve") ? approve(proposal) : reject(SECOND, proposal);
        var said = first.statusCode(200).extract().asString();
        var again = what.equals("approve") ? approve(proposal) : reject(SECOND, proposal);
        assertEquals(said, again.statusCode(200).extract().asString());
        var state = what.equals("approve") ? "approved" : "rejected";
        for (var answer : List.of(
                decide(THIRD, proposal, "approve"),
                what.equals("approve") ? reject(SECOND, proposal) : approve(proposal),
                decide(ADMIN, proposal, "withdraw"))) {
            answer.statusCode(409)
                    .body("type", equalTo("urn:points:problem:already-decided"))
                    .body("state", equalTo(state))
                    .body("decided_at", equalTo(first.extract().path("decided_at")));
        }
        look(Instant.parse(first.extract().path("expires_at")));
        assertEquals(said, read(proposal).extract().asString());
    }

    @Test
    void ofTwoOthersAtOnceOneDecides() {
        var proposal = propose(tenant, 80);
        CompletableFuture<Integer> first;
        CompletableFuture<Integer> second;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(
                    () -> decide(SECOND, proposal, "approve").extract().statusCode());
            hold.awaitHit();
            second = SideBySide.begin(
                    () -> decide(THIRD, proposal, "approve").extract().statusCode());
            Rivals.awaitBlocked();
        }
        assertEquals(
                List.of(200, 409),
                Stream.of(first, second).map(CompletableFuture::join).toList());
        assertPool(20, 4, 0);
        read(proposal).body("decided_by", equalTo(SECOND.toString()));
    }

    /** As when the service dies before the commit: nothing is half done, and the proposal waits on. */
    @Test
    void whatFailsInTheMiddleIsDoneByTheNext() {
        var proposal = propose(tenant, 80);
        CompletableFuture<Integer> first;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(() -> approve(proposal).extract().statusCode());
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        assertEquals(503, first.join());
        assertPool(20, 2, 80);
        read(proposal).body("state", equalTo("proposed"));
        approve(proposal).statusCode(200);
        assertPool(20, 4, 0);
    }

    @Test
    void whatIsReservedCannotBeSpentMeanwhile() {
        var debit = new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 60);
        CompletableFuture<Integer> proposed;
        try (var kafka = new TestKafka()) {
            try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
                proposed = SideBySide.begin(() -> clawBack(tenant, 60).extract().statusCode());
                hold.awaitHit();
                kafka.send(debit);
                Rivals.awaitBlocked();
            }
            assertEquals(202, proposed.join());
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of(new PoolDebitRefused(
                                    debit.distributionId(),
                                    tenant,
                                    60,
                                    RefusalReason.INSUFFICIENT_POOL_BALANCE,
                                    40,
                                    2)),
                            kafka.messages(Topic.POOL_EVENTS, PoolDebitRefused.class, tenant)));
        }
        assertPool(40, 2, 60);
    }

    @Test
    void whatIsNotReservedMayBeGoneByThen() {
        String proposal = admin().body(
                        Map.of("tenant_id", tenant, "amount", 80, "reason", "Not in a hurry", "reserve", false))
                .post("/api/platform/allocations/clawback")
                .then()
                .statusCode(202)
                .body("reserved", equalTo(0))
                .extract()
                .path("proposal_id");
        assertPool(100, 1, 0);
        clawBack(tenant, 30).statusCode(201);
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            as(SECOND)
                    .header("Idempotency-Key", key)
                    .post(ROUTE + proposal + "/approve")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:insufficient-pool-balance"))
                    .body("balance", equalTo(70));
        }
        read(proposal).body("state", equalTo("proposed"));
        allocate(tenant, 10).statusCode(201);
        approve(proposal).statusCode(200);
        assertPool(0, 4, 0);
    }

    @Test
    void whatWasDatedComesBackWithItsDays() {
        Attesting.asSuperuser(
                "allocation",
                "update tenants set lot_dates = '{2999-01-31}', lot_points = '{70}', next_expiry = '2999-01-31' where id = '"
                        + tenant + "'");
        var proposal = propose(tenant, 60);
        assertEquals("{2999-01-31} {40}", lots());
        reject(SECOND, proposal).statusCode(200);
        assertEquals("{2999-01-31} {70}", lots());
        approve(propose(tenant, 80)).statusCode(200);
        assertEquals("{2999-01-31} {20}", lots());
        try (var kafka = new TestKafka()) {
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of(
                                    List.of(new DatedPoints(LocalDate.of(2999, 1, 31), 30, null)),
                                    List.of(new DatedPoints(LocalDate.of(2999, 1, 31), 50, null))),
                            kafka.messages(Topic.POOL_EVENTS, PoolReleased.class, tenant).stream()
                                    .map(PoolReleased::lots)
                                    .toList()));
        }
    }

    private String lots() {
        return Attesting.text("select concat_ws(' ', lot_dates, lot_points) from tenants where id = '" + tenant + "'");
    }

    @Test
    void nobodysSilenceIsAYes() {
        var proposal = propose(tenant, 80);
        var expiresAt = Instant.parse(read(proposal).extract().path("expires_at"));
        look(expiresAt.minusMillis(1));
        assertPool(20, 2, 80);
        look(expiresAt);
        read(proposal)
                .body("state", equalTo("expired"))
                .body("decided_by", nullValue())
                .body("decided_at", notNullValue());
        look(expiresAt.plusSeconds(60));
        assertPool(100, 3, 0);
        approve(proposal)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:already-decided"))
                .body("state", equalTo("expired"));
        var id = UUID.fromString(proposal);
        assertTold(
                new PlatformMovementProposed(id, tenant, "clawback", 80L, null),
                new PoolReserved(id, tenant, 80, 20, 2, null),
                new PoolReleased(id, tenant, 80, 100, 3, null),
                new PlatformMovementDecided(id, tenant, "clawback", ProposalOutcome.EXPIRED, null));
    }

    /** The time is over when it is over, and not when somebody writes it down. */
    @Test
    void nobodyApprovesAfterTheTime() {
        var proposal = propose(tenant, 80);
        Attesting.asSuperuser(
                "allocation",
                "update proposals set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 day'"
                        + " where id = '" + proposal + "'");
        approve(proposal).statusCode(409).body("state", equalTo("expired"));
        assertPool(20, 2, 80);
    }

    @Test
    void oneOfTwoRoundsAtOnceEndsIt() {
        var proposal = propose(tenant, 80);
        var expiresAt = Instant.parse(read(proposal).extract().path("expires_at"));
        List<CompletableFuture<Void>> looks;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            var first = SideBySide.begin(() -> look(expiresAt));
            hold.awaitHit();
            var second = SideBySide.begin(() -> look(expiresAt));
            looks = List.of(first, second);
        }
        looks.forEach(CompletableFuture::join);
        assertPool(100, 3, 0);
    }

    @Test
    void aRepeatChangesNothing() {
        var key = UUID.randomUUID().toString();
        var said = Stream.generate(() -> admin().header("Idempotency-Key", key)
                        .body(Map.of("tenant_id", tenant, "all", true, "reason", "The contract is over"))
                        .post("/api/platform/allocations/clawback"))
                .limit(2)
                .map(answer -> answer.then()
                        .statusCode(202)
                        .header("Location", notNullValue())
                        .extract()
                        .asString())
                .collect(Collectors.toSet());
        assertEquals(1, said.size());
        assertPool(0, 2, 100);
        var proposal = newest();
        var decisionKey = UUID.randomUUID().toString();
        var decided = Stream.generate(
                        () -> as(SECOND).header("Idempotency-Key", decisionKey).post(ROUTE + proposal + "/approve"))
                .limit(2)
                .map(answer -> answer.then().statusCode(200).extract().asString())
                .collect(Collectors.toSet());
        assertEquals(1, decided.size());
        assertPool(0, 4, 0);
    }

    @Test
    void aSuspendedTenantsPointsAreClawedBackTheSameWay() {
        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200);
        approve(propose(tenant, 80)).statusCode(200);
        assertPool(20, 4, 0);
    }

    @Test
    void theyAreListedNewestFirst() {
        var first = propose(tenant, 60);
        var second = propose(tenant, 10);
        decide(ADMIN, first, "withdraw").statusCode(200);
        list("tenant_id=" + tenant).body("items.proposal_id", equalTo(List.of(second, first)));
        list("tenant_id=" + tenant + "&state=withdrawn").body("items.proposal_id", equalTo(List.of(first)));
        String cursor = list("tenant_id=" + tenant + "&limit=1")
                .body("items.proposal_id", equalTo(List.of(second)))
                .extract()
                .path("next_cursor");
        list("tenant_id=" + tenant + "&limit=1&cursor=" + cursor)
                .body("items.proposal_id", equalTo(List.of(first)))
                .body("next_cursor", nullValue());
        list("limit=1&state=proposed").body("items.proposal_id", equalTo(List.of(second)));
        list("limit=1").body("items.proposal_id", equalTo(List.of(second)));
        as(ADMIN)
                .get(ROUTE + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    @Test
    void whatWaitsIsMeasured() {
        propose(tenant, 80);
        Awaitility.await()
                .until(() -> Metrics.sum("points_proposals_open") >= 1
                        && Metrics.sum("points_proposals_held_points") >= 80
                        && Metrics.sum("points_proposals_oldest_seconds") > 0);
    }

    private void assertPool(int balance, int version, int reserved) {
        admin().get("/api/platform/allocations/stats/" + tenant)
                .then()
                .statusCode(200)
                .body("balance", equalTo(balance))
                .body("pool_version", equalTo(version))
                .body("reserved", equalTo(reserved))
                .body("in_flight", equalTo(0));
        assertEquals(
                Integer.toString(reserved),
                Attesting.text("select sum(reserved) from proposals where tenant_id = '" + tenant + "'"));
    }

    /** All of it and nothing else, whatever the order. */
    private void assertTold(Message... expected) {
        try (var kafka = new TestKafka()) {
            Awaitility.await().untilAsserted(() -> {
                var told = Stream.of(
                                PlatformMovementProposed.class,
                                PlatformMovementDecided.class,
                                PoolReserved.class,
                                PoolReleased.class,
                                PointsClawedBack.class)
                        .flatMap(type -> kafka.messages(Topic.POOL_EVENTS, type, tenant).stream())
                        .toList();
                assertEquals(expected.length, told.size());
                assertEquals(Set.of(expected), Set.copyOf(told));
            });
        }
    }

    private void look(Instant now) {
        round.look(now).await().indefinitely();
    }

    private String newest() {
        return list("tenant_id=" + tenant + "&limit=1").extract().path("items[0].proposal_id");
    }

    private static ValidatableResponse list(String query) {
        return as(SECOND).get("/api/platform/proposals?" + query).then().statusCode(200);
    }

    private static ValidatableResponse read(String proposal) {
        return as(SECOND).get(ROUTE + proposal).then().statusCode(200);
    }

    /** @return the id of the proposal of a clawback that takes two people */
    static String propose(UUID tenant, long amount) {
        return clawBack(tenant, amount).statusCode(202).extract().path("proposal_id");
    }

    /** By another admin. */
    static ValidatableResponse approve(String proposal) {
        return decide(SECOND, proposal, "approve");
    }

    static ValidatableResponse decide(UUID admin, String proposal, String what) {
        return as(admin).post(ROUTE + proposal + "/" + what).then();
    }

    static ValidatableResponse reject(UUID admin, String proposal) {
        return as(admin)
                .body(Map.of("reason", "They have paid"))
                .post(ROUTE + proposal + "/reject")
                .then();
    }

    private static RequestSpecification as(UUID admin) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.of(admin, null, "platform-admin"))
                .contentType(ContentType.JSON);
    }
}
