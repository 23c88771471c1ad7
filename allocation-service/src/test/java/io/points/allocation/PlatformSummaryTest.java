package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Ids;
import io.points.testing.Attesting;
import io.points.testing.Tables;
import io.points.testing.Waiting;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** All tenants in numbers. Others are there too, so what matters is the difference. */
@AllocationServiceTest
class PlatformSummaryTest {

    @Test
    void itAddsUpAllTenants() {
        Waiting.outTheMonthsEnd();
        var before = summary();
        var tenant = AllocationTest.register();
        var suspended = AllocationTest.register();
        BudgetTest.set(tenant, 50).statusCode(200);
        AllocationTest.allocate(tenant, 100).statusCode(201);
        AllocationTest.clawBack(tenant, 10).statusCode(201);
        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + suspended + "/suspend")
                .then()
                .statusCode(200);
        AdjustmentTest.propose(tenant, 0);
        ProposalTest.propose(tenant, 80);
        var after = summary();
        assertMore(before, after, "tenants", 2);
        assertMore(before, after, "suspended_tenants", 1);
        assertMore(before, after, "allocated_this_month", 100);
        assertMore(before, after, "clawed_back_this_month", 10);
        assertMore(before, after, "allocated_last_month", 0);
        assertMore(before, after, "proposed_pool_adjustments", 1);
        assertMore(before, after, "open_proposals", 1);
        assertTrue(after.getInt("open_alerts.budget_exceeded") > 0);
        assertEquals(after.getString("points_in_pools"), after.getString("points_in_pools_text"));
    }

    /** What other tests have sent may still arrive. */
    @Test
    void itSaysWhatAllPoolsHold() {
        AllocationTest.allocate(AllocationTest.register(), 100).statusCode(201);
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        Tables.<Long>asOwner(connection ->
                                Tables.number(connection, "select sum(points_allocation_balance) from tenants")),
                        summary().getLong("points_in_pools")));
    }

    @Test
    void lastMonthBeginsAndEndsAtMidnight() {
        Waiting.outTheMonthsEnd();
        var tenant = AllocationTest.register();
        var month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        var before = summary();
        log(
                tenant,
                1,
                1,
                month.minusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1));
        log(tenant, 2, 20, month.minusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        log(tenant, 3, 300, month.atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1));
        log(tenant, 4, 4_000, month.atStartOfDay(ZoneOffset.UTC).toInstant());
        var after = summary();
        assertMore(before, after, "allocated_last_month", 320);
        assertMore(before, after, "allocated_this_month", 4_000);
    }

    private static void assertMore(JsonPath before, JsonPath after, String field, long more) {
        long was = before.get(field) == null ? 0 : before.getLong(field);
        assertTrue(after.get(field) != null, field);
        assertEquals(was + more, after.getLong(field), field);
    }

    private static void log(UUID tenant, int version, long amount, Instant at) {
        Attesting.asSuperuser("allocation", """
                insert into allocation_logs (id, tenant_id, kind, amount, currency, price_per_point, reference_note, balance_after,
                       pool_version, event_id, created_by, created_at)
                values ('%s', '%s', 'allocation', %s, 'INR', 1, 'x', 1, %s, gen_random_uuid(), gen_random_uuid(), '%s')
                """.formatted(Ids.next(at), tenant, amount, version, at));
    }

    private static JsonPath summary() {
        return admin().get("/api/platform/summary")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
