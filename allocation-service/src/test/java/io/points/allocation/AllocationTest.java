package io.points.allocation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class AllocationTest {

    static final UUID ADMIN = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    @Test
    void aRegisteredTenantStartsWithAnEmptyPool() {
        var tenant = register();
        admin().get("/api/platform/tenants/" + tenant)
                .then()
                .statusCode(200)
                .body("balance", equalTo(0))
                .body("status", equalTo("active"))
                .body("price_per_point", equalTo("1.25"));
    }

    @Test
    void aTenantIdCanBeTakenOnce() {
        var tenant = register();
        admin().body("""
                {"tenant_id": "%s", "name": "Twin", "currency": "INR", "price_per_point": "1"}""".formatted(tenant))
                .post("/api/platform/tenants")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:points:problem:tenant-exists"));
    }

    @Test
    void anAllocationRaisesThePoolAndIsTold() {
        var tenant = register();
        allocate(tenant, 50_000)
                .statusCode(201)
                .body("balance_after", equalTo(50_000))
                .body("pool_version", equalTo(1));
        allocate(tenant, 7)
                .statusCode(201)
                .body("balance_after", equalTo(50_007))
                .body("pool_version", equalTo(2));
        try (var kafka = new TestKafka()) {
            Awaitility.await().untilAsserted(() -> {
                var told = kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant);
                assertEquals(2, told.size());
                assertEquals("1.25", told.get(0).pricePerPoint());
                assertEquals(50_007, told.get(1).balanceAfter());
            });
        }
    }

    @Test
    void aClawbackNeverTakesMoreThanIsThere() {
        var tenant = register();
        allocate(tenant, 100);
        clawBack(tenant, 101)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:insufficient-pool-balance"))
                .body("balance", equalTo(100))
                .body("errors[0].field", equalTo("amount"));
        clawBack(tenant, 50).statusCode(201).body("balance_after", equalTo(50)).body("kind", equalTo("clawback"));
        clawBackByTwo(tenant, 50);
        clawBack(tenant, 1).statusCode(409).body("balance", equalTo(0));
        try (var kafka = new TestKafka()) {
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            2,
                            kafka.messages(Topic.POOL_EVENTS, PointsClawedBack.class, tenant)
                                    .size()));
        }
    }

    @Test
    void aSuspendedTenantCanStillBeClawedBack() {
        var tenant = register();
        allocate(tenant, 100);
        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"));
        clawBack(tenant, 40).statusCode(201).body("balance_after", equalTo(60));
    }

    @Test
    void anotherCurrencyThanTheTenantsIsRefused() {
        var tenant = register();
        admin().body("""
                {"tenant_id": "%s", "amount": 5, "currency": "EUR", "reference_note": "x"}""".formatted(tenant))
                .post("/api/platform/allocations/allocate")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("currency"));
    }

    @Test
    void aRepeatedRequestMovesNothingAndGetsTheSameAnswer() {
        var tenant = register();
        var key = UUID.randomUUID().toString();
        var first = keyed(key, tenant, 10).statusCode(201).extract().asString();
        var again = keyed(key, tenant, 10).statusCode(201).extract().asString();
        assertEquals(first, again);
        keyed(key, tenant, 11).statusCode(422).body("type", equalTo("urn:points:problem:idempotency-key-reused"));
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(10));
    }

    @Test
    void aRefusalSticksToItsKey() {
        var tenant = register();
        var key = UUID.randomUUID().toString();
        var body = "{\"tenant_id\": \"%s\", \"amount\": 5, \"reason\": \"x\"}".formatted(tenant);
        admin().header("Idempotency-Key", key)
                .body(body)
                .post("/api/platform/allocations/clawback")
                .then()
                .statusCode(409);
        allocate(tenant, 100);
        admin().header("Idempotency-Key", key)
                .body(body)
                .post("/api/platform/allocations/clawback")
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void historyPagesAndFilters() {
        var tenant = register();
        for (int i = 1; i <= 5; i++) {
            allocate(tenant, i);
        }
        clawBack(tenant, 1);
        var page = admin().get("/api/platform/allocations/history/" + tenant + "?limit=4")
                .then()
                .statusCode(200)
                .body("items", hasSize(4))
                .body("items[0].kind", equalTo("clawback"))
                .body("next_cursor", notNullValue());
        String cursor = page.extract().path("next_cursor");
        admin().get("/api/platform/allocations/history/" + tenant + "?limit=4&cursor=" + cursor)
                .then()
                .body("items.amount", equalTo(java.util.List.of(2, 1)))
                .body("next_cursor", nullValue());
        admin().get("/api/platform/allocations/history/" + tenant + "?kind=clawback")
                .then()
                .body("items", hasSize(1));
        admin().get("/api/platform/allocations/history/" + tenant + "?to=2020-01-01T00:00:00Z")
                .then()
                .body("items", hasSize(0));
        admin().get("/api/platform/allocations/all?limit=1").then().body("items", hasSize(1));
    }

    @Test
    void statisticsAddUp() {
        var tenant = register();
        allocate(tenant, 100);
        clawBack(tenant, 30);
        admin().get("/api/platform/allocations/stats/" + tenant)
                .then()
                .statusCode(200)
                .body("balance", equalTo(70))
                .body("allocated", equalTo(100))
                .body("clawed_back", equalTo(30))
                .body("in_flight", equalTo(0))
                .body("last_allocation.amount", equalTo(100))
                .body("distribution_rate_30d", equalTo("0.00"));
    }

    static UUID register() {
        return register(UUID.randomUUID());
    }

    static UUID register(UUID tenant) {
        admin().body("""
                {"tenant_id": "%s", "name": "Triton Energy", "currency": "INR", "price_per_point": "1.25"}""".formatted(tenant)).post("/api/platform/tenants").then().statusCode(201);
        return tenant;
    }

    static ValidatableResponse allocate(UUID tenant, long amount) {
        return keyed(UUID.randomUUID().toString(), tenant, amount);
    }

    static ValidatableResponse keyed(String key, UUID tenant, long amount) {
        return admin().header("Idempotency-Key", key)
                .body("""
                        {"tenant_id": "%s", "amount": %s, "currency": "INR", "reference_note": "Invoice #1"}""".formatted(tenant, amount))
                .post("/api/platform/allocations/allocate")
                .then();
    }

    static ValidatableResponse clawBack(UUID tenant, long amount) {
        return admin().body("""
                        {"tenant_id": "%s", "amount": %s, "reason": "Subscription cancelled"}""".formatted(tenant, amount))
                .post("/api/platform/allocations/clawback")
                .then();
    }

    /**
     * Of so many points that somebody else must agree, who does.
     *
     * @return the id of the clawback
     */
    static String clawBackByTwo(UUID tenant, long amount) {
        return ProposalTest.approve(ProposalTest.propose(tenant, amount))
                .statusCode(200)
                .extract()
                .path("result_id");
    }

    static RequestSpecification admin() {
        return given().auth().oauth2(Tokens.of(ADMIN, null, "platform-admin")).contentType(ContentType.JSON);
    }
}
