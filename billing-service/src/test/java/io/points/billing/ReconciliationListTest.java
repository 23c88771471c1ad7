package io.points.billing;

import static io.points.billing.Movements.newId;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.testing.Attesting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the books of all tenants agree, by pages. */
@QuarkusTest
class ReconciliationListTest extends BillingServiceTest {

    private static final String MARCH = "2026-03-05T10:00:00Z";

    @Test
    void eachTenantIsThereAsByItself() {
        // Next to each other in the order of ids, so that nobody else's history is read.
        var first = new UUID(tenant.getMostSignificantBits(), 2);
        var second = new UUID(tenant.getMostSignificantBits(), 3);
        sendAt(MARCH, new PointsAllocated(newId(), first, 100, "INR", "1.00", "Invoice", 100, 1));
        sendAt(MARCH, new PointsAllocated(newId(), second, 100, "INR", "1.00", "Invoice", 100, 1));
        sendAt(MARCH, new PointsClawedBack(newId(), second, 30, "INR", "1.00", "Unused", 70, 3));
        awaitHeard();

        var page = page(before(first), 1);
        assertEquals(List.of(first.toString()), page.getList("items.tenant_id"));
        assertEquals(reconciliation(first).getBoolean("agrees"), page.getBoolean("items[0].agrees"));
        assertTrue(page.getBoolean("items[0].agrees"));
        assertEquals(0, page.getInt("items[0].differences"));
        assertEquals(List.of(), page.getList("items[0].kinds"));
        assertEquals("unheard", page.getString("items[0].audit"));
        assertEquals(1, page.getLong("items[0].contiguous_version"));

        var next = page(page.getString("next_cursor"), 1);
        assertEquals(List.of(second.toString()), next.getList("items.tenant_id"));
        assertFalse(next.getBoolean("items[0].agrees"));
        assertEquals(1, next.getInt("items[0].differences"));
        assertEquals(List.of("waiting"), next.getList("items[0].kinds"));
        assertEquals(
                List.of(first.toString(), second.toString()),
                page(before(first), 2).getList("items.tenant_id"));
    }

    @Test
    void theLastPageSaysThatItIs() {
        var last = page(cursor(new UUID(-1, -2)), 50);
        assertEquals(List.of(), last.getList("items"));
        assertEquals(null, last.getString("next_cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=51", "limit=x", "cursor=AAAA", "cursor=%00", "cursor=%F0%9F%8E%81"})
    void whatIsNoPageIsNamed(String query) {
        as("finance")
                .get("/api/billing/reconciliation?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform-admin", "manager", "lead", "employee"})
    void othersDoNotRead(String role) {
        as(role).get("/api/billing/reconciliation").then().statusCode(403);
    }

    @Test
    void tenantsAreFoundByTheirKey() {
        var plan = Attesting.plan("select tenant_id, name from billing_tenants where tenant_id > '" + tenant
                + "' order by tenant_id limit 51");
        assertFalse(plan.contains("Sort") || plan.contains("Seq Scan"), plan);
    }

    private static String before(UUID id) {
        return cursor(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1));
    }

    private static String cursor(UUID id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(id.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonPath page(String cursor, int limit) {
        return as("finance", "auditor")
                .queryParam("cursor", cursor)
                .queryParam("limit", limit)
                .get("/api/billing/reconciliation")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
