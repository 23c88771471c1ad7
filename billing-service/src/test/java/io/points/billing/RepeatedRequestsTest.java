package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.Api;
import io.points.testing.RepeatedRequests;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RepeatedRequestsTest extends RepeatedRequests {

    private static final UUID FINANCE = UUID.randomUUID();

    @Override
    protected Api api() {
        return Routes.api();
    }

    /** Closings of all tenants go on after their answer. */
    @Override
    protected void settle() {
        Routes.awaitClosings();
        super.settle();
    }

    /** The month has gone on when the repeat comes: it is answered as the first was, and does nothing. */
    @Test
    void aStepIsTakenOnceAndAnsweredAlikeHoweverLateTheRepeat() {
        var tenant = UUID.randomUUID();
        try (var kafka = new TestKafka()) {
            kafka.send(Movements.newId(), Movements.allocated(tenant, 100, 1), Instant.parse("2026-01-05T10:00:00Z"));
        }
        // A refusal is kept under its key too, so each try has its own.
        Awaitility.await()
                .until(() ->
                        step(tenant, "soft-close", UUID.randomUUID().toString()).statusCode() == 200);
        var softClosed = step(tenant, "soft-close", "a").asString();
        var closed = step(tenant, "close", "b");
        assertEquals(200, closed.statusCode(), closed.asString());
        step(tenant, "reopen", "c").then().statusCode(200);
        assertEquals(softClosed, step(tenant, "soft-close", "a").asString());
        assertEquals(closed.asString(), step(tenant, "close", "b").asString());
        assertEquals(422, step(tenant, "reopen", "b").statusCode());
        assertEquals(
                List.of("soft_closed", "closed", "reopening_proposed"),
                step(tenant, "reopen", "c").jsonPath().getList("steps.action"));
    }

    private static Response step(UUID tenant, String step, String key) {
        return BillingServiceTest.asFinance(FINANCE)
                .contentType("application/json")
                .header("Idempotency-Key", key + tenant)
                .body("{\"reason\": \"month end\"}")
                .post("/api/billing/periods/" + tenant + "/2026-01/" + step);
    }
}
