package io.points.distribution.saga;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.points.contract.DistributionKind;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever was to receive something learns of it when it has arrived, and never if it does not. */
@DistributionServiceTest
class ReceiversSeeWhatArrivedTest {

    @Test
    void anAwardIsSeenByItsReceiverOnceItHasArrived() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(5);
            assertUnseen(given, award);
            given.poolDebits(award, DistributionKind.AWARD, 5);
            given.awaitState(award, "COMPLETED");
            given.asEmployee()
                    .get("/api/allocations/history")
                    .then()
                    .body("items.distribution_id", equalTo(List.of(award.toString())));
            given.asEmployee()
                    .get("/api/allocations/distributions/" + award)
                    .then()
                    .statusCode(200)
                    .body("amount", equalTo(5));
        }
    }

    @Test
    void anAwardThatWasRefusedIsSeenByWhoGaveItAlone() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(5);
            given.poolRefuses(award, 5);
            given.awaitState(award, "REJECTED");
            assertUnseen(given, award);
            given.asManager().get("/api/allocations/history").then().body("items[0].state", equalTo("REJECTED"));
            given.distribution(award).statusCode(200).body("description", equalTo("Outstanding Q1"));
        }
    }

    @Test
    void aRefusalSaysWhatWasThere() {
        try (var given = Given.tenant()) {
            var key = UUID.randomUUID().toString();
            var body = Given.award(given.employee, 5);
            var award = UUID.fromString(given.asManager()
                    .header("Idempotency-Key", key)
                    .header("Prefer", "respond-async")
                    .body(body)
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("distribution_id"));
            given.poolRefuses(award, 5);
            given.awaitState(award, "REJECTED");
            given.asManager()
                    .header("Idempotency-Key", key)
                    .body(body)
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_POOL_BALANCE"))
                    .body("balance", equalTo(0));
            given.budget(3);
            given.asLead()
                    .body(body)
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(409)
                    .body("reason", equalTo("INSUFFICIENT_BUDGET_BALANCE"))
                    .body("balance", equalTo(3));
        }
    }

    private static void assertUnseen(Given given, UUID award) {
        given.asEmployee().get("/api/allocations/history").then().body("items", hasSize(0));
        given.asEmployee().get("/api/feed").then().body("items", hasSize(0));
        given.asEmployee().get("/api/allocations/distributions/" + award).then().statusCode(404);
    }
}
