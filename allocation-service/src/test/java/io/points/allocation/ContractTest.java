package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.TenantNamed;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tenant has agreed to pay: kept as a history, and fixed in each allocation. */
@AllocationServiceTest
class ContractTest {

    private final UUID tenant = UUID.randomUUID();

    @Test
    void aTenantIsRegisteredWithItsFirstContract() {
        register("""
                {"tenant_id": "%s", "name": "Triton", "currency": "JPY", "price_per_point": "1.5", "po_number": "PO-7",
                 "cost_centre": "CC-1", "valid_from": "2020-02-01T00:00:00Z"}""")
                .statusCode(201)
                .body("contract_revision", equalTo(1))
                .body("currency", equalTo("JPY"))
                .body("currency_exponent", equalTo(0))
                .body("po_number", equalTo("PO-7"))
                .body("cost_centre", equalTo("CC-1"))
                .body("valid_from", equalTo("2020-02-01T00:00:00Z"));
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(
                            () -> kafka.messages(Topic.POOL_EVENTS, TenantRegistered.class, tenant),
                            it -> it.size() == 1)
                    .get(0);
            assertEquals(
                    List.of(new TenantNamed(tenant, "Triton")),
                    Awaitility.await()
                            .until(
                                    () -> kafka.messages(Topic.POOL_EVENTS, TenantNamed.class, tenant),
                                    it -> !it.isEmpty()));
            assertEquals("PO-7", told.poNumber());
            assertEquals("CC-1", told.costCentre());
            assertEquals(Instant.parse("2020-02-01T00:00:00Z"), told.validFrom());
        }
    }

    @Test
    void aContractThatIsNotValidYetRegistersNobody() {
        register("""
                {"tenant_id": "%s", "name": "Triton", "currency": "JPY", "price_per_point": "1",
                 "valid_from": "2999-02-01T00:00:00Z"}""").statusCode(400).body("errors[0].field", equalTo("valid_from"));
        admin().get("/api/platform/tenants/" + tenant).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"HRK, 2023-01-01", "BGN, 2026-01-01", "DEM, 2002-03-01"})
    void nothingNewIsAgreedInACurrencyThatWasWithdrawn(String currency, String withdrawn) {
        var reason = "was withdrawn from ISO 4217 on " + withdrawn + ": nothing new is agreed in it";
        register("""
                {"tenant_id": "%%s", "name": "Triton", "currency": "%s", "price_per_point": "1"}""".formatted(currency))
                .statusCode(400)
                .body("errors[0].field", equalTo("currency"))
                .body("errors[0].message", equalTo(reason));
        admin().get("/api/platform/tenants/" + tenant).then().statusCode(404);

        AllocationTest.register(tenant);
        change("""
                {"currency": "%s", "price_per_point": "1"}""".formatted(currency))
                .statusCode(400)
                .body("errors[0].field", equalTo("currency"))
                .body("errors[0].message", equalTo(reason));
        admin().get("/api/platform/tenants/" + tenant).then().statusCode(200).body("currency", equalTo("INR"));
    }

    @Test
    void whatWasAgreedBeforeItWasWithdrawnGoesOn() {
        AllocationTest.register(tenant);
        Tables.asOwner(connection -> connection.createStatement().execute("""
                insert into contract_logs (tenant_id, revision, currency, price_per_point, valid_from, event_id, created_by,
                       created_at)
                select tenant_id, 2, 'HRK', 7.5, valid_from, gen_random_uuid(), created_by, created_at
                from contract_logs where tenant_id = '%s'""".formatted(tenant)));
        admin().body("""
                {"tenant_id": "%s", "amount": 10, "currency": "HRK", "reference_note": "Račun 1"}""".formatted(tenant))
                .post("/api/platform/allocations/allocate")
                .then()
                .statusCode(201)
                .body("currency", equalTo("HRK"))
                .body("price_per_point", equalTo("7.50"));
    }

    @Test
    void aChangePricesWhatComesAndRepricesNothing() {
        AllocationTest.register(tenant);
        AllocationTest.allocate(tenant, 100).statusCode(201).body("price_per_point", equalTo("1.25"));
        change("""
                {"currency": "INR", "price_per_point": "2", "po_number": "PO-8"}""")
                .statusCode(200)
                .body("contract_revision", equalTo(2))
                .body("price_per_point", equalTo("2.00"))
                .body("currency_exponent", equalTo(2))
                .body("cost_centre", nullValue());
        AllocationTest.allocate(tenant, 10).statusCode(201).body("price_per_point", equalTo("2.00"));
        AllocationTest.clawBack(tenant, 1).statusCode(201);

        try (var kafka = new TestKafka()) {
            Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, PointsClawedBack.class, tenant)
                                    .size()
                            == 1);
            var allocated = kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant);
            assertEquals(
                    List.of("1.25", "2.00"),
                    allocated.stream().map(PointsAllocated::pricePerPoint).toList());
            assertEquals(
                    List.of(1L, 2L),
                    allocated.stream().map(PointsAllocated::contractRevision).toList());
            assertEquals("PO-8", allocated.get(1).poNumber());
            var changed = kafka.messages(Topic.POOL_EVENTS, ContractChanged.class, tenant);
            assertEquals(1, changed.size());
            assertEquals("2.00", changed.get(0).pricePerPoint());
            assertEquals(2, changed.get(0).contractRevision());
        }
    }

    /** What is given back was billed at its own price: today's says nothing about it. */
    @Test
    void aClawbackIsNotLimitedByTodaysPrice() {
        AllocationTest.register(tenant);
        AllocationTest.allocate(tenant, 1_000_000_000L).statusCode(201);
        change("""
                {"currency": "INR", "price_per_point": "999999999"}""").statusCode(200);
        AllocationTest.allocate(tenant, 1_000_000_000L)
                .statusCode(422)
                .body("type", equalTo("urn:points:problem:too-much-to-bill"));

        AllocationTest.clawBack(tenant, 500_000_000L).statusCode(201).body("balance_after", equalTo(500_000_000));
        AllocationTest.clawBackByTwo(tenant, 500_000_000L);
    }

    @Test
    void aCurrencyThatIsNotTheContractsIsRefused() {
        AllocationTest.register(tenant);
        AllocationTest.allocate(tenant, 100).statusCode(201);
        change("""
                {"currency": "EUR", "price_per_point": "2"}""").statusCode(200);

        AllocationTest.allocate(tenant, 10)
                .statusCode(422)
                .body("type", equalTo("urn:points:problem:currency-mismatch"))
                .body("errors[0].field", equalTo("currency"))
                .body("errors[0].message", equalTo("must be EUR"));
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(100));
    }

    @Test
    void aContractOfALaterTimeHoldsFromThenOn() {
        AllocationTest.register(tenant);
        change("""
                {"currency": "INR", "price_per_point": "9", "valid_from": "2999-01-01T00:00:00Z"}""").statusCode(200).body("contract_revision", equalTo(2));

        AllocationTest.allocate(tenant, 10).statusCode(201).body("price_per_point", equalTo("1.25"));
        admin().get("/api/platform/tenants/" + tenant)
                .then()
                .body("contract_revision", equalTo(1))
                .body("price_per_point", equalTo("1.25"));
    }

    @Test
    void aContractOfATimeThatHasPassedIsRefused() {
        AllocationTest.register(tenant);
        change("""
                {"currency": "INR", "price_per_point": "9", "valid_from": "2020-01-01T00:00:00Z"}""").statusCode(400).body("errors[0].field", equalTo("valid_from"));
    }

    @Test
    void theSameAgainChangesNothing() {
        AllocationTest.register(tenant);
        var contract = """
                {"currency": "INR", "price_per_point": "1.250", "valid_from": "2999-01-01T00:00:00Z"}""";
        change(contract).body("contract_revision", equalTo(2));
        change(contract).body("contract_revision", equalTo(2));
        change("""
                {"currency": "INR", "price_per_point": "1.25"}""").body("contract_revision", equalTo(3));
        change("""
                {"currency": "INR", "price_per_point": "1.25"}""").body("contract_revision", equalTo(3));
        change("""
                {"currency": "INR", "price_per_point": "1.25", "cost_centre": "CC-2"}""").body("contract_revision", equalTo(4));
    }

    @Test
    void theHistoryPagesNewestFirst() {
        AllocationTest.register(tenant);
        change("""
                {"currency": "INR", "price_per_point": "2"}""");
        change("""
                {"currency": "INR", "price_per_point": "3"}""");
        String cursor = admin().queryParam("limit", 2)
                .get("/api/platform/tenants/" + tenant + "/contracts")
                .then()
                .statusCode(200)
                .body("items.price_per_point", equalTo(List.of("3.00", "2.00")))
                .body("items[0].created_by", equalTo(AllocationTest.ADMIN.toString()))
                .extract()
                .path("next_cursor");
        admin().queryParam("cursor", cursor)
                .get("/api/platform/tenants/" + tenant + "/contracts")
                .then()
                .body("items.contract_revision", equalTo(List.of(1)))
                .body("next_cursor", nullValue());
    }

    @Test
    void anUnknownTenantHasNoContract() {
        change("""
                {"currency": "INR", "price_per_point": "2"}""").statusCode(404);
        admin().get("/api/platform/tenants/" + tenant + "/contracts").then().statusCode(404);
    }

    private ValidatableResponse register(String body) {
        return admin().body(body.formatted(tenant))
                .post("/api/platform/tenants")
                .then();
    }

    private ValidatableResponse change(String body) {
        return admin().body(body)
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then();
    }
}
