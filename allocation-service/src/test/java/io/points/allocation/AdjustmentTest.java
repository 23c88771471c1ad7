package io.points.allocation;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.ledger.attestation.Attestor;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that somebody changed behind the service's back is mended by two platform admins. */
@AllocationServiceTest
class AdjustmentTest {

    static final UUID SECOND_ADMIN = UUID.fromString("00000000-0000-4000-8000-00000000000b");

    @Inject
    Attestor attestor;

    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
    }

    @Test
    void aRowThatWasChangedIsMadeWhatTheLedgerSays() {
        tamper("update tenants set points_allocation_balance = 600, allocated = 600 where id = '" + tenant + "'");
        approve(SECOND_ADMIN, propose(tenant, 0))
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("account", equalTo("pool"))
                .body("entry_number", equalTo(2))
                .body("balance_after", equalTo(100))
                .body("proposed_by", equalTo(AllocationTest.ADMIN.toString()))
                .body("decided_by", equalTo(SECOND_ADMIN.toString()));
        assertEquals(new AttestedBalance(tenant, 2, 100, 100), attested());
        assertToldOnce(0, 100, 2);
        assertSumsAreTrue();
        AllocationTest.clawBack(tenant, 101).statusCode(409);
        AllocationTest.clawBack(tenant, 40).statusCode(201).body("balance_after", equalTo(60));
    }

    @Test
    void aStrayEntryIsTakenBackByAnEntry() {
        tamper(
                """
                insert into pool_ledger (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, created_at)
                values ('%s', 2, 'allocation', 500, 600, gen_random_uuid(), gen_random_uuid(), now())""".formatted(tenant),
                "update tenants set points_allocation_balance = 600, allocated = 600, pool_version = 2 where id = '"
                        + tenant + "'");
        approve(SECOND_ADMIN, propose(tenant, -500))
                .statusCode(200)
                .body("entry_number", equalTo(3))
                .body("balance_after", equalTo(100));
        assertEquals(new AttestedBalance(tenant, 3, 100, 100), attested());
        assertToldOnce(-500, 100, 3);
        assertSumsAreTrue();
    }

    /** What the platform sees, what a tenant may hold at most, and the metric are all taken from these. */
    private void assertSumsAreTrue() {
        as(AllocationTest.ADMIN)
                .get("/api/platform/allocations/stats/" + tenant)
                .then()
                .statusCode(200)
                .body("allocated", equalTo(100))
                .body("clawed_back", equalTo(0))
                .body("balance", equalTo(100))
                .body("in_flight", equalTo(0));
    }

    @Test
    void sumsOfDistributionsAreMendedFromTheirDebits() {
        try (var kafka = new TestKafka()) {
            var delegation = UUID.randomUUID();
            var award = UUID.randomUUID();
            var cancelled = UUID.randomUUID();
            var back = UUID.randomUUID();
            kafka.send(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 40));
            kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, 7));
            kafka.send(new DebitPool(cancelled, tenant, DistributionKind.AWARD, 9));
            kafka.send(new CancelPoolDebit(cancelled, tenant));
            kafka.send(new ReturnToPool(back, tenant, UUID.randomUUID(), 15));
            kafka.send(new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 4, award, ReturnOrigin.REVERSAL));
            kafka.send(new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 2, null, ReturnOrigin.LAPSE));
            Awaitility.await().until(() -> sums().startsWith("74 100 0 56 9 40 15 6 "));
        }
        ProposalTest.propose(tenant, 50);
        ProposalTest.decide(AllocationTest.ADMIN, ProposalTest.propose(tenant, 20), "withdraw")
                .statusCode(200);
        assertEquals("24 100 0 56 9 40 15 6 50 0", sums());
        var truth = sums();
        tamper("update tenants set allocated = allocated + 500, debited = debited + 300, credited = credited - 200,"
                + " delegated = delegated - 5, returned = returned - 1, taken_back = taken_back + 2, reserved = reserved + 7,"
                + " points_allocation_balance = points_allocation_balance - 6 where id = '" + tenant + "'");
        approve(SECOND_ADMIN, propose(tenant, 0)).statusCode(200);
        assertEquals(truth, sums());
        approve(SECOND_ADMIN, propose(tenant, 3)).statusCode(200);
        assertEquals("27 100 0 56 9 40 15 6 50 3", sums());
    }

    /** The forged one came first, so the honest one is more than leads could hold. */
    @Test
    void aForgedReturnIsTakenOutAndTheHonestOneThenTaken() {
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.DELEGATION, 40));
            kafka.send(new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 40));
            Awaitility.await().until(() -> sums().startsWith("100 100 0 40 0 40 40 0 0 0"));
            var honest = new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 40);
            kafka.send(honest);
            Awaitility.await().until(() -> kafka.messages(Topic.POOL_EVENTS, PointsReturnSetAside.class, tenant)
                    .equals(List.of(new PointsReturnSetAside(honest.distributionId(), tenant, 40, 0))));
            approve(SECOND_ADMIN, propose(tenant, -40)).statusCode(200);
            kafka.send(honest);
            Awaitility.await().until(() -> sums().equals("100 100 0 40 0 40 80 0 0 -40"));
            Awaitility.await().until(() -> kafka.messages(Topic.POOL_EVENTS, PointsReturned.class, tenant).stream()
                    .anyMatch(it -> it.distributionId().equals(honest.distributionId())));
        }
    }

    private String sums() {
        return Attesting.text(
                "select concat_ws(' ', points_allocation_balance, allocated, clawed_back, debited, credited, delegated,"
                        + " returned, taken_back, reserved, adjusted) from tenants where id = '" + tenant + "'");
    }

    @Test
    void nobodyApprovesTheirOwn() {
        var adjustment = propose(tenant, 5);
        approve(AllocationTest.ADMIN, adjustment)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:second-person-required"));
        assertEquals(new AttestedBalance(tenant, 1, 100, 100), attested());
        approve(SECOND_ADMIN, adjustment).statusCode(200);
    }

    @Test
    void whatIsDecidedStaysSo() {
        var adjustment = propose(tenant, 5);
        approve(SECOND_ADMIN, adjustment).statusCode(200);
        approve(SECOND_ADMIN, adjustment)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:adjustment-decided"))
                .body("state", equalTo("approved"));
        assertEquals(new AttestedBalance(tenant, 2, 105, 105), attested());
        assertToldOnce(5, 105, 2);
    }

    @Test
    void whatIsRejectedMovesNothing() {
        var adjustment = propose(tenant, 5);
        as(AllocationTest.ADMIN)
                .post("/api/platform/adjustments/pools/" + adjustment + "/reject")
                .then()
                .statusCode(200)
                .body("state", equalTo("rejected"))
                .body("entry_number", nullValue());
        approve(SECOND_ADMIN, adjustment).statusCode(409).body("state", equalTo("rejected"));
        assertEquals(new AttestedBalance(tenant, 1, 100, 100), attested());
    }

    @Test
    void aPoolIsNeverBelowNothing() {
        approve(SECOND_ADMIN, propose(tenant, -101))
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:adjustment-out-of-range"))
                .body("sum_of_entries", equalTo(100))
                .body("in_departments", equalTo(0));
        assertEquals(new AttestedBalance(tenant, 1, 100, 100), attested());
    }

    @Test
    void thereMustBeSuchAPoolAndSuchAnAdjustment() {
        as(AllocationTest.ADMIN)
                .body(proposal(UUID.randomUUID(), 5))
                .post("/api/platform/adjustments/pools")
                .then()
                .statusCode(404);
        approve(SECOND_ADMIN, UUID.randomUUID()).statusCode(404);
    }

    @Test
    void theyAreListedNewestFirst() {
        var first = propose(tenant, 1);
        var second = propose(tenant, 2);
        as(SECOND_ADMIN)
                .get("/api/platform/adjustments/pools?limit=2")
                .then()
                .statusCode(200)
                .body("items.adjustment_id", equalTo(List.of(second.toString(), first.toString())))
                .body("items[0].reason", equalTo("alert 7"));
    }

    static UUID propose(UUID tenant, long amount) {
        return UUID.fromString(as(AllocationTest.ADMIN)
                .body(proposal(tenant, amount))
                .post("/api/platform/adjustments/pools")
                .then()
                .statusCode(200)
                .body("state", equalTo("proposed"))
                .extract()
                .path("adjustment_id"));
    }

    private static String proposal(UUID tenant, long amount) {
        return "{\"tenant_id\": \"%s\", \"amount\": %s, \"reason\": \"alert 7\"}".formatted(tenant, amount);
    }

    static ValidatableResponse approve(UUID admin, Object adjustment) {
        return as(admin)
                .post("/api/platform/adjustments/pools/" + adjustment + "/approve")
                .then();
    }

    private static RequestSpecification as(UUID admin) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.of(admin, null, "platform-admin"))
                .contentType(ContentType.JSON);
    }

    private static void tamper(String... statements) {
        Attesting.asSuperuser("allocation", statements);
    }

    private AttestedBalance attested() {
        Attesting.demand("allocation");
        attestor.attest().await().indefinitely();
        try (var kafka = new TestKafka()) {
            var told = Attesting.told(kafka, Topic.POOL_EVENTS, tenant);
            return told.get(told.size() - 1);
        }
    }

    private void assertToldOnce(long amount, long balance, long version) {
        try (var kafka = new TestKafka()) {
            Awaitility.await().until(() -> !kafka.messages(Topic.POOL_EVENTS, PoolAdjusted.class, tenant)
                    .isEmpty());
            var told = kafka.messages(Topic.POOL_EVENTS, PoolAdjusted.class, tenant);
            assertEquals(1, told.size());
            assertEquals(
                    List.of(amount, balance, version),
                    List.of(
                            told.get(0).amount(),
                            told.get(0).balanceAfter(),
                            told.get(0).poolVersion()));
            assertEquals(AllocationTest.ADMIN, told.get(0).proposedBy());
            assertEquals(SECOND_ADMIN, told.get(0).approvedBy());
            assertEquals(List.of(), kafka.messages(Topic.POOL_EVENTS, PointsClawedBack.class, tenant));
        }
    }
}
