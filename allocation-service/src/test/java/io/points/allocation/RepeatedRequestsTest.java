package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Api;
import io.points.testing.Hold;
import io.points.testing.RepeatedRequests;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class RepeatedRequestsTest extends RepeatedRequests {

    @Override
    protected Api api() {
        return Routes.api();
    }

    /** A 503 says that it may or may not have happened: the repeat does what has not, and nothing more. */
    @Test
    void whatFailedIsDoneByItsRepeat() {
        var tenant = AllocationTest.register();
        CompletableFuture<Response> first;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(() -> keyed(tenant, "suspend", "k"));
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        assertEquals(503, first.join().statusCode());
        assertEquals("suspended", keyed(tenant, "suspend", "k").jsonPath().getString("status"));
    }

    /** Somebody has changed it back since: the repeat is answered as the first was, and changes nothing. */
    @Test
    void aLateRepeatUndoesNothing() {
        var tenant = AllocationTest.register();
        var first = keyed(tenant, "suspend", "k").asString();
        keyed(tenant, "reactivate", "l").then().statusCode(200);
        assertEquals(first, keyed(tenant, "suspend", "k").asString());
        assertEquals(
                "active",
                AllocationTest.admin()
                        .get("/api/platform/tenants/" + tenant)
                        .jsonPath()
                        .getString("status"));
    }

    /** A refusal is kept like any answer, and what was written before it is not. */
    @Test
    void aRefusalSticksToItsKey() {
        var tenant = UUID.randomUUID();
        var body = """
                {"tenant_id": "%s", "amount": 5, "reason": "alert 7"}""".formatted(tenant);
        for (int i = 0; i < 2; i++) {
            AllocationTest.admin()
                    .header("Idempotency-Key", "k" + tenant)
                    .body(body)
                    .post("/api/platform/adjustments/pools")
                    .then()
                    .statusCode(404);
            AllocationTest.register(i == 0 ? tenant : UUID.randomUUID());
        }
        assertEquals(
                false,
                AllocationTest.admin()
                        .get("/api/platform/adjustments/pools?limit=200")
                        .jsonPath()
                        .getList("items.tenant_id")
                        .contains(tenant.toString()));
    }

    private static Response keyed(UUID tenant, String step, String key) {
        return AllocationTest.admin()
                .header("Idempotency-Key", key + tenant)
                .body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/" + step);
    }
}
