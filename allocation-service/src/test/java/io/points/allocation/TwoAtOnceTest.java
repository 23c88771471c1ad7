package io.points.allocation;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that meet within each other's transactions, and one that takes over from a request that failed. */
@AllocationServiceTest
class TwoAtOnceTest {

    @Test
    void theSecondClawbackSeesWhatTheFirstHasLeft() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        CompletableFuture<Integer> first;
        CompletableFuture<Integer> second;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(
                    () -> AllocationTest.clawBack(tenant, 50).extract().statusCode());
            hold.awaitHit();
            second = SideBySide.begin(
                    () -> AllocationTest.clawBack(tenant, 60).extract().statusCode());
            Rivals.awaitBlocked();
        }
        assertEquals(
                List.of(201, 409),
                Stream.of(first, second).map(CompletableFuture::join).toList());
        assertBalance(tenant, 50);
    }

    @Test
    void aRequestThatFailedLeavesItsKeyToTheNext() {
        var tenant = AllocationTest.register();
        var key = UUID.randomUUID().toString();
        CompletableFuture<Integer> first;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(
                    () -> AllocationTest.keyed(key, tenant, 10).extract().statusCode());
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        assertEquals(503, first.join());
        AllocationTest.keyed(key, tenant, 10).statusCode(201).body("balance_after", equalTo(10));
        AllocationTest.keyed(key, tenant, 10).statusCode(201).body("balance_after", equalTo(10));
        assertBalance(tenant, 10);
    }

    private static void assertBalance(UUID tenant, int balance) {
        AllocationTest.admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }
}
