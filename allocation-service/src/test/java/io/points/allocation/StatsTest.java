package io.points.allocation;

import static org.hamcrest.Matchers.equalTo;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class StatsTest {

    /** A return's command and its event come on two topics, in whatever order. */
    @Test
    void whatIsInFlightIsNeverLessThanNothing() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var delegation = Ids.next(Instant.now());
        var lead = UUID.randomUUID();
        var back = Ids.next(Instant.now());
        var later = Ids.next(Instant.now());
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 40));
            awaitStats(tenant, "balance", 60).body("in_flight", equalTo(40));
            kafka.send(new PointsDelegated(delegation, tenant, UUID.randomUUID(), lead, 40, 1, 40));
            awaitStats(tenant, "delegated", 40).body("in_flight", equalTo(0));

            kafka.send(new ReturnToPool(back, tenant, lead, 15));
            awaitStats(tenant, "returned", 15).body("in_flight", equalTo(0));

            kafka.send(
                    Ids.derive(back, "BudgetReturned"),
                    new BudgetReturned(back, tenant, lead, 15, 2, 25),
                    Instant.now());
            kafka.send(
                    Ids.derive(later, "BudgetReturned"),
                    new BudgetReturned(later, tenant, lead, 5, 3, 20),
                    Instant.now());
            awaitStats(tenant, "in_flight", 5).body("returned", equalTo(15));
            kafka.send(new ReturnToPool(later, tenant, lead, 5));
            awaitStats(tenant, "returned", 20).body("in_flight", equalTo(0));
        }
    }

    /** A debit of before the window may be cancelled within it. */
    @Test
    void whatWasDistributedIsNeverLessThanNothing() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var award = Ids.next(Instant.now());
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, 40));
            awaitStats(tenant, "distributed_30d", 40);
            Attesting.asSuperuser(
                    "allocation", "update pool_days set day = day - 31 where tenant_id = '" + tenant + "'");
            kafka.send(new CancelPoolDebit(award, tenant));
            awaitStats(tenant, "refunded", 40)
                    .body("distributed_30d", equalTo(0))
                    .body("distribution_rate_30d", equalTo("0.00"));
        }
    }

    /** Whatever somebody has forged on the wallets' topic, the pool takes back what comes back. */
    @Test
    void totalsThatCanGrowNoMoreKeepNoReturnFromThePool() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var delegation = Ids.next(Instant.now());
        var lead = UUID.randomUUID();
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 40));
            kafka.send(new PointsDelegated(delegation, tenant, UUID.randomUUID(), lead, 40, 1, 40));
            awaitStats(tenant, "delegated", 40);
            Attesting.asSuperuser(
                    "allocation",
                    "update wallet_totals set budget_returned = 1152921504606846976 where tenant_id = '" + tenant
                            + "'");
            kafka.send(new ReturnToPool(Ids.next(Instant.now()), tenant, lead, 15));
            awaitStats(tenant, "returned", 15).body("balance", equalTo(75));
        }
    }

    /** As with returns, whichever of command and event comes first is counted, once. */
    @Test
    void anAwardThatIsReversedComesBackByItsDebit() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var award = Ids.next(Instant.now());
        var reversal = Ids.next(Instant.now());
        var employee = UUID.randomUUID();
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, 40));
            kafka.send(new PointsAwarded(
                    award, tenant, PointsSource.POOL, UUID.randomUUID(), employee, 40, 1, 40, null, null, null, null));
            awaitStats(tenant, "awarded", 40);

            var command = new ReturnToPool(reversal, tenant, employee, 30, award, ReturnOrigin.REVERSAL);
            kafka.send(command);
            awaitStats(tenant, "taken_back", 30)
                    .body("balance", equalTo(90))
                    .body("returned", equalTo(0))
                    .body("in_flight", equalTo(0));
            kafka.send(
                    Ids.derive(reversal, "AwardReversed"),
                    new AwardReversed(
                            reversal,
                            tenant,
                            award,
                            PointsSource.POOL,
                            employee,
                            30,
                            10,
                            2,
                            10,
                            null,
                            null,
                            null,
                            null),
                    Instant.now());
            kafka.send(command);

            // What is left of the debit is less, another tenant's debit is none of theirs, and neither moves anything.
            var stranger = AllocationTest.register();
            AllocationTest.allocate(stranger, 100).statusCode(201);
            var forged = List.of(
                    new ReturnToPool(Ids.next(Instant.now()), tenant, employee, 11, award, ReturnOrigin.REVERSAL),
                    new ReturnToPool(Ids.next(Instant.now()), stranger, employee, 1, award, ReturnOrigin.REVERSAL));
            forged.forEach(kafka::send);
            forged.forEach(it -> Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, PointsReturnSetAside.class, it.tenantId()).stream()
                            .anyMatch(aside -> aside.distributionId().equals(it.distributionId()))));
            stats(stranger).body("balance", equalTo(100));
            stats(tenant).body("balance", equalTo(90)).body("in_flight", equalTo(0));

            kafka.send(new ReturnToPool(Ids.next(Instant.now()), tenant, employee, 10, award, ReturnOrigin.REVERSAL));
            awaitStats(tenant, "taken_back", 40).body("balance", equalTo(100));
        }
    }

    /** Command or event first, it is counted once. */
    @Test
    void earnedPointsThatHaveLapsedComeBack() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var employee = UUID.randomUUID();
        var lapse = Ids.next(Instant.now());
        var award = Ids.next(Instant.now());
        try (var kafka = new TestKafka()) {
            kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, 40));
            kafka.send(new PointsAwarded(
                    award, tenant, PointsSource.POOL, UUID.randomUUID(), employee, 40, 1, 40, null, null, null, null));
            awaitStats(tenant, "awarded", 40);
            kafka.send(new ReturnToPool(lapse, tenant, employee, 30, null, ReturnOrigin.LAPSE));
            awaitStats(tenant, "taken_back", 30).body("balance", equalTo(90)).body("in_flight", equalTo(0));
            kafka.send(
                    Ids.derive(lapse, "EarnedReturned"),
                    new EarnedReturned(lapse, tenant, employee, LapseReason.AGE, LocalDate.of(2026, 1, 31), 30, 2, 10),
                    Instant.now());
            kafka.send(new ReturnToPool(Ids.next(Instant.now()), tenant, employee, 10, null, ReturnOrigin.LAPSE));
            awaitStats(tenant, "taken_back", 40)
                    .body("balance", equalTo(100))
                    .body("returned", equalTo(0))
                    .body("in_flight", equalTo(0));
        }
    }

    private static ValidatableResponse awaitStats(UUID tenant, String field, int value) {
        Awaitility.await().until(() -> stats(tenant).extract().path(field).equals(value));
        return stats(tenant);
    }

    private static ValidatableResponse stats(UUID tenant) {
        return AllocationTest.admin()
                .get("/api/platform/allocations/stats/" + tenant)
                .then()
                .statusCode(200);
    }
}
