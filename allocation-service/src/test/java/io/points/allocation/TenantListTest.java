package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand.DebitPool;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.points.testing.Waiting;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All tenants: searched, sorted, and how each is doing. */
@AllocationServiceTest
class TenantListTest {

    /** Part of the names of one test's tenants alone. */
    private final String mark = UUID.randomUUID().toString().substring(0, 13);

    @Test
    void aNewTenantHasDistributedNothingAndLastsForEver() {
        var tenant = register("Triton " + mark);
        list("q", mark)
                .body("items.tenant_id", equalTo(List.of(tenant.toString())))
                .body("items[0].name", equalTo("Triton " + mark))
                .body("items[0].currency_exponent", equalTo(2))
                .body("items[0].distributed_30d", equalTo(0))
                .body("items[0].distribution_rate_30d", equalTo("0.00"))
                .body("items[0].runway_days", nullValue())
                .body("items[0].allocated_this_month", equalTo(0))
                .body("items[0].last_allocation", nullValue())
                .body("items[0].monthly_budget", nullValue())
                .body("items[0].open_alerts", equalTo(0));
    }

    @Test
    void theListSaysHowATenantIsDoing() {
        Waiting.outTheMonthsEnd();
        var tenant = register("Triton " + mark);
        BudgetTest.set(tenant, 900).statusCode(200);
        AllocationTest.allocate(tenant, 800).statusCode(201);
        String last =
                AllocationTest.allocate(tenant, 201).statusCode(201).extract().path("allocation_id");
        AllocationTest.clawBack(tenant, 1).statusCode(201);
        debit(tenant, 301);
        list("q", mark)
                .body("items[0].balance", equalTo(699))
                .body("items[0].distributed_30d", equalTo(301))
                .body("items[0].distributed_30d_text", equalTo("301"))
                .body("items[0].distribution_rate_30d", equalTo("10.03"))
                .body("items[0].runway_days", equalTo(69))
                .body("items[0].allocated_this_month", equalTo(1_001))
                .body("items[0].last_allocation.allocation_id", equalTo(last))
                .body("items[0].last_allocation.amount", equalTo(201))
                .body("items[0].monthly_budget", equalTo(900))
                .body("items[0].open_alerts", equalTo(1));
    }

    @Test
    void financeAndAuditorsSeeNamesAndContractsAndNotHowTenantsAreDoing() {
        var tenant = register("Triton " + mark);
        BudgetTest.set(tenant, 900).statusCode(200);
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        debit(tenant, 300);
        for (var role : List.of("finance", "auditor")) {
            var row = as(role).queryParam("q", mark)
                    .get("/api/platform/tenants")
                    .then()
                    .statusCode(200)
                    .body("items[0].tenant_id", equalTo(tenant.toString()))
                    .body("items[0].name", equalTo("Triton " + mark))
                    .body("items[0].currency", equalTo("INR"))
                    .body("items[0].price_per_point", equalTo("1.25"))
                    .body("items[0].status", equalTo("active"));
            for (var hidden : List.of(
                    "monthly_budget",
                    "distributed_30d",
                    "distributed_30d_text",
                    "distribution_rate_30d",
                    "runway_days",
                    "allocated_this_month",
                    "last_allocation",
                    "open_alerts")) {
                row.body("items[0]." + hidden, nullValue());
            }
            for (var sort : List.of("runway", "last_allocation")) {
                as(role).queryParam("sort", sort)
                        .get("/api/platform/tenants")
                        .then()
                        .statusCode(403)
                        .body("type", equalTo("urn:points:problem:forbidden"));
            }
            as(role).queryParam("sort", "name")
                    .get("/api/platform/tenants")
                    .then()
                    .statusCode(200);
            as(role).get("/api/platform/tenants/" + tenant).then().statusCode(403);
        }
    }

    /** Every character stands for itself, whatever it means to LIKE, SQL or a person who reads from the right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "100% of_it",
                "O'Neill \"& Sons\"",
                "\\\\",
                "Ünïcode ÉTÉ",
                "\ud83d\udca5 boom",
                "שלום עולם",
                "a;--"
            })
    void whatIsSearchedForIsFoundAsItStands(String part) {
        var tenant = register(mark + part + "!");
        register(mark + "another");
        list("q", mark + part).body("items.tenant_id", equalTo(List.of(tenant.toString())));
    }

    @Test
    void searchingKnowsNoPatternsAndNoCase() {
        var tenant = register("Triton " + mark);
        list("q", "triTON " + mark).body("items.tenant_id", equalTo(List.of(tenant.toString())));
        for (var none : List.of(mark + "%", "%" + mark, mark.substring(0, 12) + "_", mark + " ")) {
            list("q", none).body("items", equalTo(List.of()));
        }
    }

    @Test
    void oneStatusAlone() {
        var suspended = register("Sad " + mark);
        var active = register("Glad " + mark);
        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + suspended + "/suspend")
                .then()
                .statusCode(200);
        list("q", mark, "status", "suspended").body("items.tenant_id", equalTo(List.of(suspended.toString())));
        list("q", mark, "status", "active").body("items.tenant_id", equalTo(List.of(active.toString())));
    }

    @Test
    void eachSortHasItsOrderAndItsReverse() {
        var rich = register("beta " + mark);
        var poor = register("Alpha " + mark);
        var idle = register("gamma " + mark);
        AllocationTest.allocate(rich, 1_000).statusCode(201);
        AllocationTest.allocate(poor, 500).statusCode(201);
        debit(rich, 100);
        debit(poor, 250);
        assertOrder("name", List.of(poor, rich, idle));
        assertOrder("balance", List.of(idle, poor, rich));
        assertOrder("runway", List.of(poor, rich, idle));
        assertOrder("last_allocation", List.of(idle, rich, poor));
        var byId = new ArrayList<>(List.of(rich, poor, idle));
        byId.sort(java.util.Comparator.comparing(UUID::toString));
        assertOrder("id", byId);
    }

    /** Tenants that are equal follow their ids, so that no page repeats or leaves out one. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "balance", "runway", "last_allocation"})
    void pagesHaveEachTenantOnce(String sort) {
        var tenants = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            tenants.add(register("The same " + mark).toString());
        }
        Collections.sort(tenants);
        for (var order : List.of("asc", "desc")) {
            var seen = new ArrayList<String>();
            String cursor = null;
            do {
                var request = admin().queryParams(Map.of("q", mark, "sort", sort, "order", order, "limit", 2));
                var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                        .get("/api/platform/tenants")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                seen.addAll(page.getList("items.tenant_id"));
                cursor = page.getString("next_cursor");
            } while (cursor != null);
            assertEquals(tenants, seen, sort + " " + order);
            Collections.reverse(tenants);
        }
    }

    @Test
    void aCursorOfAnotherSortIsRefused() {
        register("One " + mark);
        register("Two " + mark);
        String cursor = list("q", mark, "sort", "name", "limit", "1").extract().path("next_cursor");
        admin().queryParams(Map.of("q", mark, "sort", "balance", "cursor", cursor))
                .get("/api/platform/tenants")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void theOwnTenantIsReadByAllItsPeople() {
        var tenant = register("Triton " + mark);
        for (var role : List.of("manager", "lead", "employee")) {
            own(tenant, role)
                    .statusCode(200)
                    .body("tenant_id", equalTo(tenant.toString()))
                    .body("name", equalTo("Triton " + mark))
                    .body("status", equalTo("active"))
                    .body("currency", equalTo("INR"))
                    .body("currency_exponent", equalTo(2))
                    .body("balance", nullValue())
                    .body("price_per_point", nullValue());
        }
        own(UUID.randomUUID(), "manager").statusCode(404);
    }

    @Test
    void theOwnTenantHasTheCurrencyThatIsInForce() {
        var tenant = register("Triton " + mark);
        admin().body("{\"currency\": \"KWD\", \"price_per_point\": \"0.1\"}")
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
        own(tenant, "employee").body("currency", equalTo("KWD")).body("currency_exponent", equalTo(3));
    }

    private void assertOrder(String sort, List<UUID> tenants) {
        var ascending = new ArrayList<>(tenants.stream().map(UUID::toString).toList());
        list("q", mark, "sort", sort).body("items.tenant_id", equalTo(ascending));
        list("q", mark, "sort", sort, "order", "asc").body("items.tenant_id", equalTo(ascending));
        Collections.reverse(ascending);
        list("q", mark, "sort", sort, "order", "desc").body("items.tenant_id", equalTo(ascending));
    }

    private static ValidatableResponse list(String... parameters) {
        var request = admin();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get("/api/platform/tenants").then().statusCode(200);
    }

    private static ValidatableResponse own(UUID tenant, String role) {
        return given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), tenant, role))
                .get("/api/tenant")
                .then();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(UUID.randomUUID(), null, role));
    }

    private static UUID register(String name) {
        var tenant = UUID.randomUUID();
        admin().body(Map.of("tenant_id", tenant, "name", name, "currency", "INR", "price_per_point", "1.25"))
                .post("/api/platform/tenants")
                .then()
                .statusCode(201);
        return tenant;
    }

    /** As an award would, and waits for it. */
    static void debit(UUID tenant, long points) {
        int before = balance(tenant);
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(Ids.next(Instant.now()), tenant, DistributionKind.AWARD, points));
            Awaitility.await().until(() -> balance(tenant) == before - points);
        }
    }

    private static int balance(UUID tenant) {
        return admin().get("/api/platform/tenants/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .path("balance");
    }
}
