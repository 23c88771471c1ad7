package io.points.distribution.pool;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What whoever recognises somebody is told of the points that there are. */
@DistributionServiceTest
class GivingTest {

    @Test
    void ofANewTenantThereIsNothingToGive() {
        try (var given = Given.tenant()) {
            giving(given.asManager())
                    .body("source", equalTo("pool"))
                    .body("level", equalTo("none"))
                    .body("available", equalTo(0));
            giving(given.asLead())
                    .body("source", equalTo("budget"))
                    .body("level", equalTo("none"))
                    .body("available", equalTo(0));
            giving(given.asEmployee())
                    .body("source", equalTo("request"))
                    .body("level", equalTo("none"))
                    .body("available", nullValue());
        }
    }

    @Test
    void theManagerSeesTheFigureAndTheEmployeeTheLevel() {
        try (var given = Given.tenant()) {
            allocated(given, 1_000, 1_000, 1);
            awaitLevel(given, "good");
            giving(given.asManager()).body("available", equalTo(1_000));
            giving(given.asEmployee()).body("level", equalTo("good")).body("available", nullValue());
            // A correction that follows is not what the pool is compared with.
            allocated(given, 10, 240, 2);
            awaitLevel(given, "low");
            giving(given.asManager()).body("available", equalTo(240));
            allocated(given, 10, 99, 3);
            awaitLevel(given, "nearly_empty");
            // Three are looked at, and the large one is now older than these.
            allocated(given, 10, 100, 4);
            awaitLevel(given, "good");
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            awaitLevel(given, "none");
        }
    }

    @Test
    void aLeadIsToldOfTheirOwnBudget() {
        try (var given = Given.tenant()) {
            given.budget(100);
            giving(given.asLead()).body("level", equalTo("good")).body("available", equalTo(100));
            given.asLead()
                    .body(Given.award(given.employee, 80))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201);
            giving(given.asLead()).body("level", equalTo("low")).body("available", equalTo(20));
            giving(given.as(given.lead, "lead", "employee")).body("source", equalTo("budget"));
            giving(given.as(UUID.randomUUID(), "lead")).body("level", equalTo("none"));
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            Awaitility.await()
                    .until(() -> giving(given.asLead()).extract().path("level").equals("none"));
        }
    }

    private static void allocated(Given given, long amount, long balanceAfter, long version) {
        given.kafka.send(new PointsAllocated(
                UUID.randomUUID(), given.tenant, amount, "INR", "1.00", "Invoice", balanceAfter, version));
    }

    private static void awaitLevel(Given given, String level) {
        Awaitility.await()
                .until(() -> giving(given.asEmployee()).extract().path("level").equals(level));
    }

    private static ValidatableResponse giving(RequestSpecification by) {
        return by.get("/api/allocations/giving").then().statusCode(200);
    }
}
