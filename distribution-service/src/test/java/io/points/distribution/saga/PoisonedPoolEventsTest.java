package io.points.distribution.saga;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.messaging.contract.DistributionKind;
import io.points.messaging.contract.PoolEvent.PointsAllocated;
import io.points.messaging.contract.PoolEvent.PoolDebited;
import io.points.messaging.contract.PoolEvent.TenantRegistered;
import io.points.messaging.contract.PoolEvent.TenantSuspended;
import io.points.testing.Poison;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class PoisonedPoolEventsTest {

    @Test
    void badEventsAreDeadLettersAndTheNextGoodOneCompletesItsAward() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            new Poison(given.kafka, new PoolDebited(award, given.tenant, DistributionKind.AWARD, 100, 900, 2))
                    .check("distribution-service", () -> given.awaitState(award, "COMPLETED"));
            assertEquals(100, given.earnedBy(given.employee));
        }
    }

    @Test
    void anEventThatComesBeforeItsTenantIsNotLost() {
        try (var given = Given.tenant()) {
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 70, "INR", "1.00", "Invoice", 70, 1));
            given.kafka.send(new TenantRegistered(given.tenant, "INR", "1.00", 1));
            Awaitility.await().untilAsserted(() -> given.asManager()
                    .get("/api/allocations/pool")
                    .then()
                    .body("balance", equalTo(70))
                    .body("version", equalTo(1))
                    .body("status", equalTo("suspended")));
        }
    }

    @Test
    void anOldEventDoesNotTurnThePoolBack() {
        try (var given = Given.tenant()) {
            given.kafka.send(
                    new PointsAllocated(UUID.randomUUID(), given.tenant, 30, "INR", "1.00", "Invoice", 100, 2));
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 70, "INR", "1.00", "Invoice", 70, 1));
            var award = given.requestAward(5);
            given.poolDebits(award, DistributionKind.AWARD, 5);
            given.awaitState(award, "COMPLETED");
            given.asManager().get("/api/allocations/pool").then().body("balance", equalTo(100));
        }
    }
}
