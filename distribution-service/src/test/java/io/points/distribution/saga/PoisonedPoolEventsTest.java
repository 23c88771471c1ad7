package io.points.distribution.saga;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Attesting;
import io.points.testing.Poison;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** It is within its bounds, so it is believed; but the pool's owner, who attests its balance, knows better. */
    @Test
    void aVersionThatThePoolNeverHadIsGoneWithTheNextAttestation() {
        try (var given = Given.tenant()) {
            long most = (1L << 53) - 1;
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 5, "INR", "1.00", "Forged", 5, most));
            awaitPool(given, 5, most);
            var attested = new BalanceAttested(
                    given.tenant, Account.POOL, List.of(new AttestedBalance(given.tenant, 3, 70, 70)));
            given.kafka.send(attested);
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 1, "INR", "1.00", "Invoice", 71, 4));
            given.kafka.send(new TenantRegistered(given.tenant, "INR", "1.00", 7));
            awaitPool(given, 5, most);

            Attesting.asSuperuser(
                    "distribution",
                    "update pool_balances set heard_at = now() - interval '2 minutes' where tenant_id = '"
                            + given.tenant + "'");
            given.kafka.send(attested);
            awaitPool(given, 70, 3);
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 1, "INR", "1.00", "Invoice", 71, 4));
            awaitPool(given, 71, 4);
        }
    }

    @Test
    void aRevisionThatNobodyCanHaveReachedShutsNoLaterOneOut() {
        try (var given = Given.tenant()) {
            given.kafka.send(new TenantSuspended(given.tenant, (1L << 53) - 1));
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 70, "INR", "1.00", "Invoice", 70, 1));
            awaitPool(given, 70, 1);
            given.asManager().get("/api/allocations/pool").then().body("status", equalTo("active"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 0, Long.MAX_VALUE})
    void whatNobodyCanAllocateStandsInNoFeed(long amount) {
        try (var given = Given.tenant()) {
            given.kafka.send(
                    new PointsAllocated(UUID.randomUUID(), given.tenant, amount, "INR", "1.00", "Forged", 100, 2));
            given.kafka.send(new PointsAllocated(UUID.randomUUID(), given.tenant, 70, "INR", "1.00", "Invoice", 70, 1));
            awaitPool(given, 70, 1);
            given.asManager()
                    .get("/api/feed")
                    .then()
                    .body("items.findAll { it.kind == 'allocation' }.amount", hasSize(1));
        }
    }

    private static void awaitPool(Given given, long balance, long version) {
        Awaitility.await().untilAsserted(() -> {
            var pool = given.asManager().get("/api/allocations/pool").jsonPath();
            assertEquals(balance, pool.getLong("balance"));
            assertEquals(version, pool.getLong("version"));
        });
    }
}
