package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What each UTC day did to a pool. */
@AllocationServiceTest
class PoolDaysTest {

    /** Midnight may pass while a test runs, so it looks no further. */
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Test
    void aDaySaysAllThatMovedThePool() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        AllocationTest.clawBack(tenant, 7).statusCode(201);
        var delegation = Ids.next(Instant.now());
        var undone = Ids.next(Instant.now());
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 40));
            kafka.send(new DebitPool(undone, tenant, DistributionKind.AWARD, 20));
            kafka.send(new CancelPoolDebit(undone, tenant));
            kafka.send(new ReturnToPool(Ids.next(Instant.now()), tenant, UUID.randomUUID(), 15));
            Awaitility.await().until(() -> sum(allDays(tenant), "returned") == 15);
        }
        ProposalTest.propose(tenant, 50);
        ProposalTest.decide(AllocationTest.ADMIN, ProposalTest.propose(tenant, 9), "withdraw")
                .statusCode(200);
        var days = allDays(tenant);
        assertEquals(100, sum(days, "allocated"));
        assertEquals(7, sum(days, "clawed_back"));
        assertEquals(60, sum(days, "debited"));
        assertEquals(20, sum(days, "credited"));
        assertEquals(15, sum(days, "returned"));
        assertEquals(50, sum(days, "reserved"));
        assertEquals(18, days.getInt("items[0].closing_balance"));
        assertTrue(days.getList("items.allocated_text").contains("100"));
    }

    @Test
    void daysWithoutMovementsKeepTheBalance() {
        var tenant = tenantOfDays();
        var days = days(tenant);
        assertEquals(List.of(day(0), day(1), day(2), day(3), day(4), day(5)), days.getList("items.day"));
        assertEquals(List.of(30, 70, 100, 100, 100, 0), days.getList("items.closing_balance"));
        assertEquals(List.of(0, 0, 0, 0, 100, 0), days.getList("items.allocated"));
        assertEquals(List.of(40, 30, 0, 0, 0, 0), days.getList("items.debited"));
        assertEquals(List.of(0, 0, 0, 0, 0, 0), days.getList("items.returned"));
    }

    @Test
    void daysArePagedAndCutWhereTheTimesLie() {
        var tenant = tenantOfDays();
        var all = days(tenant);
        var paged = new ArrayList<Object>();
        String cursor = null;
        do {
            var request = admin().queryParams(Map.of("limit", 2, "to", tomorrow()));
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get(path(tenant))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("items"));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        assertEquals(all.getList("items"), paged);

        between(tenant, day(3) + "T23:59:59.999Z", day(1) + "T00:00:00.001Z")
                .body("items.day", equalTo(List.of(day(1), day(2), day(3))));
        between(tenant, day(3) + "T00:00:00Z", day(1) + "T00:00:00Z")
                .body("items.day", equalTo(List.of(day(2), day(3))));
        between(tenant, day(1) + "T00:00:00Z", day(3) + "T00:00:00Z").body("items", hasSize(0));
        between(tenant, "2999-01-01T00:00:00Z", "9999-12-31T23:59:59Z").body("items", hasSize(0));
        between(tenant, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z").body("items", hasSize(0));
    }

    @Test
    void aManagerSeesTheOwnTenantsFiguresAndNobodyElses() {
        var tenant = tenantOfDays();
        var other = AllocationTest.register();
        own(tenant, "/days?to=" + tomorrow())
                .statusCode(200)
                .body("items[0].closing_balance", equalTo(30))
                .body("items.day", hasSize(6));
        own(tenant, "")
                .statusCode(200)
                .body("tenant_id", equalTo(tenant.toString()))
                .body("balance", equalTo(30));
        own(other, "")
                .statusCode(200)
                .body("tenant_id", equalTo(other.toString()))
                .body("balance", equalTo(0));
        own(other, "/days").statusCode(200).body("items[0].closing_balance", equalTo(0));
        own(UUID.randomUUID(), "").statusCode(404);
        own(UUID.randomUUID(), "/days").statusCode(404);
        admin().get(path(UUID.randomUUID())).then().statusCode(404);
    }

    /** A tenant of five days ago: 100 allocated the day after, 30 of them given yesterday, and 40 today. */
    private UUID tenantOfDays() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        TenantListTest.debit(tenant, 30);
        TenantListTest.debit(tenant, 40);
        Attesting.asSuperuser(
                "allocation",
                "update tenants set created_at = '%s' where id = '%s'".formatted(noon(5), tenant),
                entry(tenant, 1, 4),
                entry(tenant, 2, 1),
                entry(tenant, 3, 0),
                "delete from pool_days where tenant_id = '%s'".formatted(tenant),
                "insert into pool_days (tenant_id, day, allocated) values ('%s', '%s', 100)".formatted(tenant, day(4)),
                "insert into pool_days (tenant_id, day, debited) values ('%1$s', '%2$s', 30), ('%1$s', '%3$s', 40)"
                        .formatted(tenant, day(1), day(0)));
        return tenant;
    }

    private String entry(UUID tenant, int number, int daysAgo) {
        return "update pool_ledger set created_at = '%s' where tenant_id = '%s' and entry_number = %s"
                .formatted(daysAgo == 0 ? day(0) + "T00:00:00Z" : noon(daysAgo), tenant, number);
    }

    private String day(int ago) {
        return today.minusDays(ago).toString();
    }

    private String noon(int daysAgo) {
        return day(daysAgo) + "T12:00:00Z";
    }

    private String tomorrow() {
        return day(-1) + "T00:00:00Z";
    }

    /** Up to the day on which the test began. */
    private JsonPath days(UUID tenant) {
        return admin().queryParam("to", tomorrow())
                .get(path(tenant))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath allDays(UUID tenant) {
        return admin().get(path(tenant)).then().statusCode(200).extract().jsonPath();
    }

    private static int sum(JsonPath days, String field) {
        return days.getList("items." + field, Integer.class).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static ValidatableResponse between(UUID tenant, String from, String to) {
        return admin().queryParams(Map.of("from", from, "to", to))
                .get(path(tenant))
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse own(UUID tenant, String path) {
        return given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), tenant, "manager"))
                .get("/api/allocations/stats" + path)
                .then();
    }

    private static String path(UUID tenant) {
        return "/api/platform/allocations/stats/" + tenant + "/days";
    }
}
